// Where the console begins in a browser: the words of whoever reads, then who is signed in, then the page of the address.

import { render } from 'preact';
import { App } from './app.tsx';
import { callIn } from './reach/call.ts';
import { findSession } from './reach/session.ts';
import { placeOf } from './places.ts';
import { firstLanguage, loadWords } from './words/words.ts';
import { keptScheme, wearScheme } from './frame/scheme.ts';
import './styles/console.css';

const place = document.getElementById('page');
if (place === null) throw new Error('the document has no place for the page');
const language = firstLanguage();
callIn(language);
wearScheme(keptScheme());
// Its script comes while the session is looked for; should it not come, the page says so when it is shown.
placeOf(location.pathname)
  ?.place.load()
  .catch(() => undefined);
const [words] = await Promise.all([loadWords(language), findSession()]);
render(<App first={{ language, words }} />, place);
