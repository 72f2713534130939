import { Outlet } from '@tanstack/react-router';
import { useState } from 'react';
import { Account } from './Account';
import { MenuIcon } from './icons';
import { Logo } from './Logo';
import { Navigation } from './Navigation';
import classes from './Shell.module.css';
import { useSearchKey } from './use-search-key';

/** The frame around every page of a signed-in person. */
export function Shell() {
  const [open, setOpen] = useState(false);
  useSearchKey();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <header className={classes.rail} data-open={open}>
        <div className={classes.brand}>
          <Logo />
          <span>zonecut</span>
          <button
            type="button"
            className={classes.menu}
            aria-expanded={open}
            aria-controls="menu"
            aria-label="Menu"
            onClick={() => setOpen(!open)}
          >
            <MenuIcon />
          </button>
        </div>
        <div id="menu" className={classes.drawer}>
          <Navigation onGo={() => setOpen(false)} />
          <Account />
        </div>
      </header>
      <main id="content" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  );
}
