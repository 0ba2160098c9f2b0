#!/usr/bin/env node
/** The command itself. */
import { run } from './commands.ts';
import { endQuietlyOnClosedPipe } from './terminal.ts';

endQuietlyOnClosedPipe();
process.exitCode = await run(process.argv.slice(2));
