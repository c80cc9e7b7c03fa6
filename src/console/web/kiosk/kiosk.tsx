// Where the kiosk begins: its book is opened, its worker keeps it for a start without a line, and the page is drawn.

import { render } from 'preact';
import { firstLanguage } from '../words/words.ts';
import { App } from './app.tsx';
import { Book } from './book.ts';
import './kiosk.css';

const place = document.getElementById('page');
if (place === null) throw new Error('the document has no place for the page');
document.documentElement.dataset['scheme'] = 'light';
void navigator.serviceWorker.register('/kiosk/worker.js', { scope: '/kiosk/' });
const book = await Book.open();
const settings = await book.settings();
render(<App book={book} kept={settings} language={settings?.language ?? firstLanguage()} />, place);
