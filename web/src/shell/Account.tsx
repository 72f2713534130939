import { ActionIcon } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery, signOut } from '../api/queries';
import { SignOutIcon } from './icons';
import { SchemeToggle } from './SchemeToggle';
import classes from './Shell.module.css';

/** Who is signed in, and the way out. */
export function Account() {
  const session = useSuspenseQuery(sessionQuery).data;
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      queryClient.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  const roles = session.roles.map((role) => role.role).join(', ');
  return (
    <div className={classes.account}>
      <div className={classes.who}>
        <span className={classes.principal}>{session.principal}</span>
        <span className={classes.roles}>
          {leave.isError ? `Could not sign out: ${leave.error.title}` : roles}
        </span>
      </div>
      <SchemeToggle />
      <ActionIcon
        variant="transparent"
        c="inherit"
        size="lg"
        aria-label="Sign out"
        title="Sign out"
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        <SignOutIcon />
      </ActionIcon>
    </div>
  );
}
