export { ConfigForm } from './form/ConfigForm.tsx';
export { Inspector } from './Inspector.tsx';
