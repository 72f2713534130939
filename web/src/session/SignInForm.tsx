import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../api/problem';
import type { SignIn } from '../api/types';
import { ProblemNotice } from '../ui/ProblemNotice';

interface SignInFormProps {
  pending: boolean;
  problem: Problem | null;
  onEnter: (credential: SignIn) => void;
}

/** Tokens are recognised by how they begin; anything else is a one-time code. */
export function credentialOf(text: string): SignIn {
  const secret = text.trim();
  return secret.startsWith('zc_') ? { token: secret } : { code: secret };
}

export function SignInForm({ pending, problem, onEnter }: SignInFormProps) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onEnter(credentialOf(text));
  };
  return (
    <form onSubmit={submit}>
      <PasswordInput
        label="One-time code or token"
        description="The server prints a sign-in address with a code when it starts; tokens begin with zc_."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autoComplete="current-password"
        required
        withAsterisk={false}
      />
      {problem && <ProblemNotice problem={problem} />}
      <Button type="submit" loading={pending}>
        Sign in
      </Button>
    </form>
  );
}
