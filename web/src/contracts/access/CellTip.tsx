import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { Prose } from '../../ui/Prose';
import classes from './access.module.css';
import type { CellText } from './cell';

interface CellTipProps {
  id: string;
  anchor: HTMLElement | null;
  title: string;
  text: CellText;
}

const GAP = 6;
const HIDDEN: CSSProperties = { visibility: 'hidden' };

/** Below the cell, or above it where there is no room; always within the window. */
function placed(anchor: DOMRect, tip: DOMRect): CSSProperties {
  const left = Math.max(GAP, Math.min(anchor.left, window.innerWidth - tip.width - GAP));
  const below = anchor.bottom + GAP;
  const top = below + tip.height > window.innerHeight ? anchor.top - tip.height - GAP : below;
  return { left, top };
}

/** The reason for a cell, beside it. One tooltip serves the whole matrix, however large. */
export function CellTip({ id, anchor, title, text }: CellTipProps) {
  const tip = useRef<HTMLDivElement>(null);
  const [style, setStyle] = useState(HIDDEN);
  useLayoutEffect(() => {
    if (anchor && tip.current)
      setStyle(placed(anchor.getBoundingClientRect(), tip.current.getBoundingClientRect()));
  }, [anchor]);
  return createPortal(
    <div ref={tip} id={id} role="tooltip" className={classes.tip} style={style}>
      <p className={classes.tipTitle}>
        {title}: <b>{text.access}</b>
      </p>
      {text.mask && (
        <p>
          <code>{text.mask}</code>
        </p>
      )}
      <p>
        <Prose text={text.reason} />
      </p>
    </div>,
    document.body,
  );
}
