import classes from './access.module.css';
import type { CellText } from './cell';

interface MatrixCellProps {
  text: CellText;
  inTabOrder: boolean;
  /** The id of the tooltip while it is about this cell. */
  tip: string | undefined;
  onShow: () => void;
  onHide: () => void;
  onFocus: () => void;
}

const SIGNS = { clear: '●', masked: '◐', denied: '○' } as const;

/** What one role gets to see of one column. */
export function MatrixCell({ text, inTabOrder, tip, onShow, onHide, onFocus }: MatrixCellProps) {
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: it takes the focus of its grid
      role="gridcell"
      tabIndex={inTabOrder ? 0 : -1}
      data-access={text.access}
      aria-describedby={tip}
      className={classes.cell}
      onMouseEnter={onShow}
      onMouseLeave={onHide}
      onFocus={onFocus}
      onBlur={onHide}
    >
      <span aria-hidden="true">{SIGNS[text.access]}</span>{' '}
      {text.label !== text.access && <span className="visually-hidden">{text.access}: </span>}
      {text.label}
    </td>
  );
}
