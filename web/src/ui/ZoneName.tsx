import classes from './ZoneName.module.css';

/** A name and the zone it was delegated to, with the cut between them. */
export function ZoneName({ name, zone }: { name: string; zone: string }) {
  return (
    <span className={classes.zoneName}>
      <span>{name}</span>
      <span className={classes.zone}>
        <span className="visually-hidden">in </span>
        {zone}
      </span>
    </span>
  );
}
