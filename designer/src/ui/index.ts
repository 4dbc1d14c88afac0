/** Parts that every page uses. */
export { CopyBlock } from './CopyBlock.tsx';
export { CopyId } from './CopyId.tsx';
export { copyText } from './clipboard.ts';
export { askToConfirm, type Confirmation } from './confirm.tsx';
export { type Column, DataTable, type RowSelection } from './DataTable.tsx';
export { Dialog, FocusBack, SideDrawer, showDialog } from './Dialog.tsx';
export { DurationInput } from './DurationInput.tsx';
export { isDialogOpen } from './dialog-focus.ts';
export { EmptyState } from './EmptyState.tsx';
export { EnvironmentChip } from './EnvironmentChip.tsx';
export { ErrorCell } from './ErrorCell.tsx';
export { ErrorState } from './ErrorState.tsx';
export { FormDialog } from './FormDialog.tsx';
export {
  formatClock,
  formatDuration,
  formatExact,
  formatMoment,
  formatNumber,
  formatRelative,
  toLocalField,
} from './format.ts';
export { isTyping } from './is-typing.ts';
export { JsonTree, type TreeView } from './JsonTree.tsx';
export { holdsMasked, MASKED } from './json-rows.ts';
export { Kbd } from './Kbd.tsx';
export { ListPage } from './ListPage.tsx';
export { Mark } from './Mark.tsx';
export { NotRead } from './NotRead.tsx';
export { notifyDone, notifyError, notifyWhyNot } from './notify.tsx';
export { type Crumb, PageBar, PageSlots } from './PageBar.tsx';
export { PageTabs } from './PageTabs.tsx';
export { PlainTable } from './PlainTable.tsx';
export { ProblemNote } from './ProblemNote.tsx';
export { RelativeTime, useNow } from './RelativeTime.tsx';
export { Segments } from './Segments.tsx';
export { ShownOnce } from './ShownOnce.tsx';
export { Skeleton } from './Skeleton.tsx';
export { StatusBadge } from './StatusBadge.tsx';
export { saveFile } from './save-file.ts';
export { type AnyStatus, STATUS_LOOK, type Tone } from './status.ts';
export { TabPage } from './TabPage.tsx';
export { useOptionList } from './use-option-list.ts';
export { useUnsavedGuard } from './use-unsaved-guard.ts';
