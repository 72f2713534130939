import classes from './SourceText.module.css';

/** A document as it is stored. */
export function SourceText({ label, text }: { label: string; text: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable to be scrolled by keys
    <section aria-label={label} tabIndex={0} className={classes.source}>
      <pre>
        {text
          .replace(/\n$/, '')
          .split('\n')
          .map((line, at) => (
            <span key={at} className={classes.line}>
              {line}
              {'\n'}
            </span>
          ))}
      </pre>
    </section>
  );
}
