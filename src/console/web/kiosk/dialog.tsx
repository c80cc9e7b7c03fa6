// A question over the page; the browser's own dialog keeps the keyboard inside.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  children: ComponentChildren;
  /** Escape, where going away is an answer. */
  onClose?: () => void;
}

export function Dialog({ title, children, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const onCancel = (event: Event): void => {
    event.preventDefault();
    onClose?.();
  };
  return (
    <dialog ref={dialog} class="asks" aria-labelledby="asks-title" onCancel={onCancel}>
      <h2 id="asks-title">{title}</h2>
      {children}
    </dialog>
  );
}
