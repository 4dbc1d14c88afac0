/** Hands text or bytes to the browser as a download. */
export function saveFile(fileName: string, content: string | Blob): void {
  const file = content instanceof Blob ? content : new Blob([content], { type: 'application/json' });
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
