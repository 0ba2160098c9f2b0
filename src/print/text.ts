/** What would one type to get this tree? ASCII, read back by the parser as the same tree. */
import type { Expression } from '../syntax/tree.ts';
import { fold } from './fold.ts';
import { lineHandlers } from './line.ts';

const handlers = lineHandlers({
  minus: '-',
  times: '*',
  entryTimes: '.*',
  entryOver: './',
  transpose: "'",
  alwaysSpaced: false,
});

export const toText = (e: Expression): string => fold(e, handlers).text;
