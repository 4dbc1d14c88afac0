const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** A size in bytes for people: `812 B`, `41.3 KiB`, `2.0 GiB`. */
export function sizeText(bytes: number): string {
  let unit = 0;
  let size = bytes;
  // What would be rounded to 1024 is one of the next unit.
  for (; size >= 1023.95 && unit < UNITS.length - 1; unit++) size /= 1024;
  return `${unit === 0 ? size : size.toFixed(1)} ${UNITS[unit]}`;
}
