export { NodePicker, type PickerGroup } from './NodePicker.tsx';
export { Palette } from './Palette.tsx';
export { searchPalette } from './palette-search.ts';
