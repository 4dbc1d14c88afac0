import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';

/** Shows the designer in `place`. */
export function mount(place: HTMLElement): void {
  createRoot(place).render(<App />);
}
