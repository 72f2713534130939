import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useLocation, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { sessionQuery, signIn } from '../api/queries';
import { Logo } from '../shell/Logo';
import { SignInForm } from './SignInForm';
import classes from './SignInPage.module.css';
import { takeCode } from './take-code';

const route = getRouteApi('/sign-in');

/** Lets in whoever brings a one-time code or a token. */
export default function SignInPage() {
  const { next } = route.useSearch();
  const hash = useLocation({ select: (location) => location.hash });
  const router = useRouter();
  const queryClient = useQueryClient();
  const { mutate, ...entry } = useMutation({
    mutationFn: signIn,
    onSuccess: (session) => {
      queryClient.clear();
      queryClient.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(next ?? '/products');
    },
  });

  useEffect(() => {
    document.title = 'Sign in · Zonecut';
  }, []);

  // The code may also come later: pasted into the address of a page that is open already.
  useEffect(() => {
    const code = hash === '' ? null : takeCode();
    if (code) mutate({ code });
  }, [hash, mutate]);

  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <div className={classes.brand}>
          <Logo size={44} />
          <div>
            <h1>Zonecut</h1>
            <p>Promises about DNS data, and who keeps them.</p>
          </div>
        </div>
        <SignInForm pending={entry.isPending} problem={entry.error} onEnter={mutate} />
      </div>
    </main>
  );
}
