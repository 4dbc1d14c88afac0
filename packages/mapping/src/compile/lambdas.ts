import { parseSignature } from '../functions/signature.ts';
import type { Code } from '../run/code.ts';
import { type Frame, UNBOUND } from '../run/frame.ts';
import { Lambda, type LambdaCode, type Thunk } from '../run/function-value.ts';
import { type AstNode, namesBoundBy } from './ast-node.ts';
import { Place, type Unit } from './place.ts';
import { Scope } from './scope.ts';

/** `function($a, $b) { ... }` */
export function lambdaCode(node: AstNode, place: Place): Code {
  const code = node.thunk ? thunkCode(node, place) : ownCode(node, place);
  return (input, frame) => new Lambda(code, input, frame);
}

function ownCode(node: AstNode, place: Place): LambdaCode {
  const { program } = place;
  const params = (node.arguments as readonly AstNode[]).map(({ value }) => value as string);
  const body = node.body as AstNode;
  const names = [...params, ...[...namesBoundBy(body)].filter((name) => !params.includes(name))];
  const scope = new Scope(place.scope, names, params.length);
  const compiled = (isCounted: boolean): { code: Code; unit: Unit } => {
    const unit: Unit = { height: 0, isCounted };
    return { code: new Place(program, scope, unit).code(body), unit };
  };
  const { code, unit } = compiled(place.unit.isCounted);
  let counted: Code | undefined = place.unit.isCounted ? code : undefined;
  return {
    params,
    signature: node.signature ? parseSignature(node.signature.definition) : undefined,
    frame: program.isDynamic ? mapFrame(params) : slotFrame(params.length, names.length),
    body: code,
    height: unit.height,
    countedBody: () => {
      counted ??= compiled(true).code;
      return counted;
    },
    thunk: undefined,
  };
}

function slotFrame(params: number, slots: number): LambdaCode['frame'] {
  if (slots === params && params === 1) return (parent, args) => [parent, args[0]];
  if (slots === params && params === 2) return (parent, args) => [parent, args[0], args[1]];
  return (parent, args) => {
    const frame: Frame = [parent];
    for (let at = 0; at < slots; at++) frame.push(at < params ? args[at] : UNBOUND);
    return frame;
  };
}

function mapFrame(params: readonly string[]): LambdaCode['frame'] {
  return (parent, args) => [parent, new Map(params.map((name, at) => [name, args[at]]))];
}

/** A call in tail position is kept, and done where the function that makes it was called. */
function thunkCode(node: AstNode, place: Place): LambdaCode {
  const call = node.body as AstNode;
  const procedure = call.procedure as AstNode;
  // Whoever does the call is as deep as the caller of the function around.
  const outside = new Place(place.program, place.scope, place.unit);
  const thunk: Thunk = {
    position: procedure.position,
    token: procedure.type === 'variable' ? (procedure.value as string) : undefined,
    procedure: outside.code(procedure),
    args: (call.arguments as readonly AstNode[]).map((arg) => outside.code(arg)),
  };
  const never = (): never => {
    throw new Error('a call in tail position has no body');
  };
  return {
    params: [],
    signature: undefined,
    frame: never,
    body: never,
    height: 0,
    countedBody: never,
    thunk,
  };
}
