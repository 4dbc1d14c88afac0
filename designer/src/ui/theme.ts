import {
  ActionIcon,
  Alert,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Input,
  Loader,
  type MantineColorsTuple,
  Menu,
  Modal,
  Popover,
  Select,
  Table,
  Tabs,
  Tooltip,
} from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef0ff',
  '#dfe2ff',
  '#c3c8fe',
  '#a5a8ff',
  '#8083f7',
  '#6c6df2',
  '#5b5bea',
  '#4f46e5',
  '#4338ca',
  '#3730a3',
];
const red: MantineColorsTuple = [
  '#fdeaea',
  '#fbd3d4',
  '#f6a9ab',
  '#ff8a8a',
  '#e05656',
  '#e04848',
  '#d23440',
  '#be1e2d',
  '#a01723',
  '#7f111b',
];

const dark: MantineColorsTuple = [
  '#ececf0',
  '#c9cad3',
  '#a9abb8',
  '#71737f',
  '#41444f',
  '#2f323b',
  '#1a1b20',
  '#131418',
  '#0f1013',
  '#0a0b0d',
];
const gray: MantineColorsTuple = [
  '#f6f6f8',
  '#f2f2f5',
  '#e5e5ea',
  '#dcdce3',
  '#cfcfd8',
  '#a5a7b3',
  '#6d6f7c',
  '#555764',
  '#33353e',
  '#1b1c21',
];

/** Mantine set to the product's measures: 13 px text, 32 px controls, one accent, borders for structure. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 6 },
  colors: { indigo, red, dark, gray },
  fontFamily: 'var(--cd-font)',
  fontFamilyMonospace: 'var(--cd-mono)',
  headings: { fontFamily: 'var(--cd-font)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: 'var(--cd-shadow)',
    md: 'var(--cd-shadow)',
    lg: 'var(--cd-shadow)',
    xl: 'var(--cd-shadow)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'xs' },
      vars: (_theme, props) =>
        props.size === undefined || props.size === 'xs'
          ? { root: { '--button-height': '32px', '--button-fz': '13px', '--button-padding-x': '12px' } }
          : { root: {} },
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 28 } }),
    // Notes wear our tones: Mantine's own are glaring in the dark, and too faint to read in the light.
    Alert: Alert.extend({
      vars: (_theme, { color = 'yellow' }) => {
        const tone = color === 'red' ? 'red' : 'amber';
        return { root: { '--alert-bg': `var(--cd-${tone}-soft)`, '--alert-color': `var(--cd-${tone})` } };
      },
      styles: { root: { padding: '12px 16px' }, title: { fontWeight: 600 } },
    }),
    InputWrapper: Input.Wrapper.extend({
      styles: { description: { fontSize: 12, lineHeight: '16px' }, error: { fontSize: 12, lineHeight: '16px' } },
    }),
    Input: Input.extend({
      defaultProps: { size: 'xs' },
      vars: () => ({ wrapper: { '--input-height': '32px', '--input-fz': '13px' } }),
    }),
    Select: Select.extend({
      defaultProps: { size: 'xs', checkIconPosition: 'right', comboboxProps: { transitionProps: { duration: 0 } } },
    }),
    Badge: Badge.extend({
      defaultProps: { radius: 'sm' },
      styles: { root: { textTransform: 'none' }, label: { fontWeight: 500 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, multiline: true },
      styles: { tooltip: { fontSize: 12, maxWidth: 360 } },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 0 } } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120, transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontWeight: 600, fontSize: 15 } },
    }),
    Tabs: Tabs.extend({ styles: { tab: { padding: '8px 12px', fontSize: 13 } } }),
    Table: Table.extend({ styles: { th: { fontWeight: 500, color: 'var(--cd-text-2)' } } }),
    Loader: Loader.extend({ defaultProps: { size: 16 } }),
  },
});

/** Ties Mantine's own variables to the tokens, so that its components wear our greys in both schemes. */
export const resolveVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--cd-surface)',
    '--mantine-color-text': 'var(--cd-text)',
    '--mantine-color-dimmed': 'var(--cd-text-2)',
    '--mantine-color-default': 'var(--cd-surface)',
    '--mantine-color-default-hover': 'var(--cd-hover)',
    '--mantine-color-default-color': 'var(--cd-text)',
    '--mantine-color-default-border': 'var(--cd-border-strong)',
    '--mantine-color-placeholder': 'var(--cd-text-3)',
    '--mantine-color-error': 'var(--cd-red)',
    '--mantine-color-anchor': 'var(--cd-accent-text)',
  };
  return { variables: {}, light: shared, dark: shared };
};
