import { Panel } from '../../ui/Panel';
import { explainedOn, type Marked } from './anchors';
import classes from './diff.module.css';
import { FindingMark } from './FindingMark';
import { FindingLine, FindingText } from './FindingText';

/** Every finding, gravest first. Those with a line are told in full at that line. */
export function FindingList({ marked }: { marked: readonly Marked[] }) {
  if (marked.length === 0) {
    return <p className={classes.nothing}>No finding: the change hurts nobody, or there is none.</p>;
  }
  return (
    <Panel title={marked.length === 1 ? '1 finding' : `${marked.length} findings`}>
      <ol className={classes.findings}>
        {marked.map((mark) => (
          <li key={mark.finding.fingerprint + mark.number}>
            {explainedOn(mark.finding) ? (
              <>
                <a href={`#finding-${mark.number}`} aria-label={`Finding ${mark.number}: show in the text`}>
                  <FindingMark mark={mark} />
                </a>
                <FindingLine finding={mark.finding} />
              </>
            ) : (
              <>
                <FindingMark mark={mark} />
                <FindingText finding={mark.finding} />
              </>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
