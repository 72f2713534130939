import { Kbd, TextInput, type TextInputProps } from '@mantine/core';

/** The page's search field: `/` leads here. */
export function SearchField(props: TextInputProps) {
  return (
    <TextInput
      type="search"
      size="sm"
      autoComplete="off"
      spellCheck={false}
      rightSection={<Kbd size="xs">/</Kbd>}
      rightSectionPointerEvents="none"
      {...props}
    />
  );
}
