// The places that whoever is signed in may go to, under their headings.

import { Icon } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import type { Place } from '../place.ts';
import { PLACES } from '../places.ts';
import type { Staff } from '../reach/session.ts';
import { useWords } from '../words/words.ts';
import { Languages } from './languages.tsx';

export function Navigation({ staff, place }: { staff: Staff; place: Place | undefined }) {
  const { groups, places, common } = useWords();
  const mine = PLACES.filter(({ roles }) => roles.includes(staff.role));
  const headings = [...new Set(mine.flatMap(({ stands }) => stands?.in ?? []))];
  const isHere = (one: Place): boolean => place !== undefined && `${place.path}/`.startsWith(`${one.path}/`);
  return (
    <nav id="navigation" class="navigation" aria-label={common.navigation}>
      {headings.map((heading) => (
        <div key={heading} class="group">
          <h2>{groups[heading]}</h2>
          <ul>
            {mine.map(
              (one) =>
                one.stands?.in === heading && (
                  <li key={one.path}>
                    <Link to={one.path} aria-current={isHere(one) ? 'page' : undefined}>
                      <Icon name={one.stands.icon} />
                      {places[one.name]}
                    </Link>
                  </li>
                ),
            )}
          </ul>
        </div>
      ))}
      <Languages />
    </nav>
  );
}
