import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';

const PAUSE_MS = 150;

/** Text that a field shows at once and its page's address gets after a pause in typing. */
export function useSearchText(current: string | undefined, onChange: (text: string) => void) {
  const [text, setText] = useState(current ?? '');
  const told = useRef(text);
  const tell = useDebouncedCallback((next: string) => {
    told.current = next;
    onChange(next);
  }, PAUSE_MS);

  // The address also changes by the browser's back button.
  useEffect(() => {
    if ((current ?? '') !== told.current) {
      told.current = current ?? '';
      setText(told.current);
    }
  }, [current]);

  return {
    value: text,
    onChange: (event: { currentTarget: { value: string } }) => {
      setText(event.currentTarget.value);
      tell(event.currentTarget.value);
    },
  };
}
