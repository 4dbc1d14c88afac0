export { FlowEditorPage } from './FlowEditorPage.tsx';
