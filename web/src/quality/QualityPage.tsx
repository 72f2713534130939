import { getRouteApi, Link } from '@tanstack/react-router';
import classes from '../contracts/contracts.module.css';
import { Page } from '../ui/Page';
import { Expectations } from './Expectations';
import { Incidents } from './Incidents';

const route = getRouteApi('/signed-in/quality');

export default function QualityPage() {
  const { show } = route.useSearch();
  return (
    <Page title="Quality" lead="Promises with a deadline, and those that were not kept.">
      <nav aria-label="Quality" className={classes.tabs}>
        <Link to="/quality" search={{}} activeOptions={{ exact: true }} className={classes.tab}>
          Incidents
        </Link>
        <Link to="/quality" search={{ show: 'expectations' }} className={classes.tab}>
          Expectations
        </Link>
      </nav>
      {show === 'expectations' ? <Expectations /> : <Incidents />}
    </Page>
  );
}
