import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';

const SEARCH_FIELD = 'input[type="search"]';

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** `/` goes to the page's search field, or to the product search where a page has none. */
export function useSearchKey(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return;
      event.preventDefault();
      const field = document.querySelector<HTMLInputElement>(SEARCH_FIELD);
      if (field) field.select();
      else void navigate({ to: '/products', hash: 'search' });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [navigate]);
}
