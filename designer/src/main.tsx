import './app/first-paint.ts';
import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import '@mantine/dates/styles.css';
import '@mantine/notifications/styles.css';
import './ui/tokens.css';
import './ui/base.css';
import { loadLanguage } from './texts/load-language.ts';

// Modules read their texts as they load, so the language comes before the app. One that cannot be had leaves English.
void loadLanguage()
  .catch(() => undefined)
  .then(() => import('./app/mount.tsx'))
  .then(({ mount }) => mount(document.getElementById('root')!));
