import type { ContractReport, Perspective, Verdict } from '../../api/types';
import classes from './verdict.module.css';

const QUESTIONS: Record<Perspective, string> = {
  consumer: 'Can readers of the old version read the new one?',
  producer: 'Must the owner do what they did not before?',
  governance: 'Does more personal data become visible?',
};

const PERSPECTIVES: Perspective[] = ['consumer', 'producer', 'governance'];
const SIGNS: Record<Verdict, string> = { compatible: '✓', warning: '!', breaking: '✕' };

/** May it be published, and what does it mean for whom. */
export function VerdictBanner({ contract, publishable }: { contract: ContractReport; publishable: boolean }) {
  const { declared, required } = contract.version;
  return (
    <div className={classes.banner} data-publishable={publishable}>
      <p className={classes.answer}>
        <b>{publishable ? 'May be published' : 'May not be published'}</b>
        <span>
          declares <code>{declared}</code>, the change needs at least <code>{required}</code>
        </span>
      </p>
      <dl className={classes.verdicts}>
        {PERSPECTIVES.map((perspective) => {
          const verdict = contract.verdict[perspective];
          return (
            <div key={perspective} data-verdict={verdict}>
              <dt>{perspective}</dt>
              <dd>
                <b>
                  <span aria-hidden="true">{SIGNS[verdict]}</span> {verdict}
                </b>
                <span className={classes.question}>{QUESTIONS[perspective]}</span>
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}
