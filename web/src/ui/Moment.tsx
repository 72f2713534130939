const ABSOLUTE = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'short',
  timeZone: 'UTC',
});

/** A point in time, in UTC as the rest of DNS operations has it. */
export function Moment({ at }: { at: string }) {
  return (
    <time dateTime={at} title={at}>
      {ABSOLUTE.format(new Date(at))}
    </time>
  );
}
