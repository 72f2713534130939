import { NativeSelect } from '@mantine/core';

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly string[];
  /** What the empty choice says; without it there is none. */
  any?: string;
  onChange: (value: string | undefined) => void;
}

/** One of a few words. */
export function Choice({ label, value, options, any, onChange }: ChoiceProps) {
  const known = value === undefined || options.includes(value) ? options : [value, ...options];
  return (
    <NativeSelect
      label={label}
      size="sm"
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
    >
      {any && <option value="">{any}</option>}
      {known.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </NativeSelect>
  );
}
