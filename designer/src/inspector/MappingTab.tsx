import type { FlowNode, NodeManifest } from '@crossdock/flow-model';
import type { MappingShapes } from '@crossdock/mapping';
import { useMemo } from 'react';
import { useEditor } from '../editor/store/editor-context.tsx';
import type { Jump } from '../editor/store/editor-store.ts';
import { describedField } from '../editor/store/mapping-field.ts';
import { MappingPanel } from '../mapper/MappingPanel.tsx';
import { targetOfField } from '../mapper/shapes-at-node.ts';
import { mapperTexts } from '../texts/index.ts';
import { Segments } from '../ui/index.ts';
import { isExpression } from './expression.ts';
import { configValueOf, mappingOf } from './mapped-value.ts';

/** The fields of a node that are mapped, one at a time: its own mapping, or an expression such as a body. */
export function MappingTab(props: {
  node: FlowNode;
  manifest: NodeManifest;
  /** At least one. */
  fields: readonly string[];
  field: string;
  shapes: MappingShapes | undefined;
  readOnly: boolean;
  wide: boolean;
  onWide: () => void;
  jump: Jump | undefined;
  onField: (field: string) => void;
  onAddSample: () => void;
  /** `field`: the changes that one step of undo takes back together; left out for each by itself. */
  onChange: (config: Record<string, unknown>, field?: string) => void;
}) {
  const { node, manifest, field: name, jump } = props;
  const flow = useEditor((state) => state.flow);
  const schema = manifest.config.properties[name];
  const value = node.config[name] ?? schema?.default;
  const isOwn = schema?.['x-mapping'] === true;
  const isDescribed = describedField(manifest) === name;
  const shapes = useMemo(
    () =>
      props.shapes && !isOwn
        ? { ...props.shapes, output: targetOfField(flow, node, { name, schema, isDescribed }) }
        : props.shapes,
    [props.shapes, isOwn, flow, node, name, schema, isDescribed],
  );
  const change = (source: string, isLine?: true) => {
    const { [name]: _before, ...others } = node.config;
    const next = configValueOf(schema, source);
    props.onChange(next === undefined ? others : { ...node.config, [name]: next }, isLine ? undefined : name);
  };
  return (
    <>
      {props.fields.length > 1 ? (
        <Segments
          label={mapperTexts.field}
          value={name}
          options={props.fields.map((each) => ({
            value: each,
            label: manifest.config.properties[each]?.title ?? each,
          }))}
          onChange={props.onField}
        />
      ) : null}
      {isOwn || value === undefined || isExpression(value) ? null : <p className="cd-dim">{mapperTexts.fixed}</p>}
      <MappingPanel
        key={`${node.id} ${name}`}
        node={node}
        source={mappingOf(schema, value)}
        shapes={shapes}
        readOnly={props.readOnly}
        isDescribed={isDescribed}
        wide={props.wide}
        onWide={props.onWide}
        reveal={jump?.path === `/config/${name}` ? jump : undefined}
        onAddSample={props.onAddSample}
        onChange={change}
      />
    </>
  );
}
