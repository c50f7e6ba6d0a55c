/** Opens the context menu of an element at a place of the window. */
export function openContextMenu(element: HTMLElement, clientX: number, clientY: number): void {
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX, clientY })
  );
}
