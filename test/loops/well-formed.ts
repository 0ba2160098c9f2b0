/** Is a loop program well formed? Every counter bound, every position inside its array, every array written before it is read. */
import { invariant } from '../../src/basics/problem.ts';
import { countersIn, rangeOf } from '../../src/loops/position.ts';
import { scratchFor } from '../../src/loops/operations.ts';
import type {
  Buffer,
  Condition,
  Counter,
  Expression,
  Factorisation,
  Local,
  LoopProgram,
  Position,
  Statement,
} from '../../src/loops/program.ts';

/** What is wrong with the program, in words; nothing if it is well formed. */
export function faultsOf(program: LoopProgram): readonly string[] {
  const faults: string[] = [];
  const outputs = program.outputs.map(({ buffer }) => buffer);
  const inspection: Inspection = {
    fault: (what) => faults.push(what),
    declared: new Set([...program.inputs, ...program.work, ...outputs]),
    written: new Set(program.inputs),
    functions: new Set(
      program.functions.flatMap(({ name, results }) => results.map((result) => `${result} of ${name}`)),
    ),
  };
  checkDeclarations(program, inspection);
  checkBody(program.body, { tested: false, counters: new Set(), locals: new Map() }, inspection);
  for (const buffer of outputs) if (!inspection.written.has(buffer)) faults.push(`${nameOf(buffer)} is never written`);
  return faults;
}

export function verifyLoops(program: LoopProgram): void {
  const [first] = faultsOf(program);
  invariant(first === undefined, `a loop program is well formed, but ${first}`);
}

interface Inspection {
  readonly fault: (what: string) => void;
  readonly declared: ReadonlySet<Buffer>;
  readonly written: Set<Buffer>;
  readonly functions: ReadonlySet<string>;
}
/** What a statement may speak of. */
interface Visible {
  /** Behind a test, positions may leave their array where the test fails, and only the counters are checked. */
  readonly tested: boolean;
  readonly counters: ReadonlySet<Counter>;
  /** Locals, and whether they change. */
  readonly locals: Map<Local, boolean>;
}

const nameOf = ({ role, name, id }: Buffer): string => `the ${role} array ${name === '' ? id : name}`;

function checkDeclarations(program: LoopProgram, { fault, declared }: Inspection): void {
  const ids = new Set([...declared].map(({ id }) => id));
  if (ids.size !== declared.size) fault('two arrays have the same number');
  for (const buffer of declared) {
    const length = buffer.extents.reduce((product, extent) => product * extent, 1);
    if (length !== buffer.length) fault(`${nameOf(buffer)} has ${buffer.length} cells, and its extents give ${length}`);
  }
  const expectRole = (buffers: readonly Buffer[], role: Buffer['role']): void => {
    for (const buffer of buffers) if (buffer.role !== role) fault(`${nameOf(buffer)} is listed as ${role}`);
  };
  expectRole(program.inputs, 'input');
  expectRole(program.work, 'work');
  expectRole(
    program.outputs.map(({ buffer }) => buffer),
    'output',
  );
  for (const { buffer, axes } of program.outputs)
    if (axes.reduce((product, axis) => product * axis, 1) !== buffer.length)
      fault(`the axes of ${nameOf(buffer)} do not fit it`);
}

function checkBody(body: readonly Statement[], around: Visible, inspection: Inspection): void {
  const visible: Visible = { ...around, locals: new Map(around.locals) };
  for (const statement of body) checkStatement(statement, visible, inspection);
}

function checkStatement(statement: Statement, visible: Visible, inspection: Inspection): void {
  const { fault } = inspection;
  switch (statement.kind) {
    case 'loop': {
      if (visible.counters.has(statement.counter)) fault(`counter ${statement.counter.id} is bound twice`);
      checkBody(
        statement.body,
        { ...visible, counters: new Set([...visible.counters, statement.counter]) },
        inspection,
      );
      return;
    }
    case 'when':
      checkConditions(statement.conditions, visible, inspection);
      checkBody(statement.body, { ...visible, tested: true }, inspection);
      return;
    case 'declare':
      checkExpression(statement.value, visible, inspection);
      if (visible.locals.has(statement.local)) fault(`local ${statement.local.id} is declared twice`);
      visible.locals.set(statement.local, statement.changes);
      return;
    case 'update':
      checkExpression(statement.value, visible, inspection);
      if (visible.locals.get(statement.local) !== true) fault(`local ${statement.local.id} cannot change`);
      return;
    case 'store':
      checkExpression(statement.value, visible, inspection);
      checkCell(statement.buffer, statement.at, visible, inspection);
      if (statement.by === 'add') read(statement.buffer, inspection);
      wrote(statement.buffer, inspection);
      return;
    case 'clear':
      wrote(statement.buffer, inspection);
      return;
    case 'factorise':
      checkFactorise(statement, inspection);
      return;
    case 'call':
      checkCall(statement, inspection);
      return;
  }
}

function read(buffer: Buffer, { declared, written, fault }: Inspection): void {
  if (!declared.has(buffer)) fault(`${nameOf(buffer)} is not declared`);
  if (!written.has(buffer)) fault(`${nameOf(buffer)} is read before it is written`);
}
function wrote(buffer: Buffer, { declared, written, fault }: Inspection): void {
  if (!declared.has(buffer)) fault(`${nameOf(buffer)} is not declared`);
  if (buffer.role === 'input') fault(`${nameOf(buffer)} is written`);
  written.add(buffer);
}

/** How many numbers come out of a matrix of so many rows. */
function lengthOfResult(result: Factorisation, rows: number, columns: number): number {
  if (result === 'pinv') return rows * columns;
  if (['inverse', 'adjugate', 'eigvecs', 'chol', 'power', 'expm', 'logm', 'sqrtm'].includes(result)) return rows * rows;
  if (result === 'dexpm' || result === 'dlogm') return rows ** 4;
  return result === 'eigvals' ? rows : 1;
}

function checkFactorise(s: Statement & { readonly kind: 'factorise' }, inspection: Inspection): void {
  read(s.source, inspection);
  wrote(s.scratch, inspection);
  wrote(s.target, inspection);
  if (s.source.length !== s.count * s.rows * s.columns)
    inspection.fault(`${nameOf(s.source)} is not ${s.count} matrices of size ${s.rows} x ${s.columns}`);
  if (s.target.length !== s.count * lengthOfResult(s.result, s.rows, s.columns))
    inspection.fault(`${nameOf(s.target)} does not fit the ${s.result}`);
  if (s.scratch.length < scratchFor(s.result, s.rows, s.columns)) inspection.fault(`${nameOf(s.scratch)} is too small`);
  if (new Set([s.source, s.target, s.scratch]).size < 3)
    inspection.fault(`${nameOf(s.source)} is used twice by one elimination`);
}

function checkCall(s: Statement & { readonly kind: 'call' }, inspection: Inspection): void {
  for (const source of s.sources) read(source, inspection);
  wrote(s.target, inspection);
  if ([...s.sources, s.target].some(({ length }) => length % s.count !== 0))
    inspection.fault(`${s.name} gets arrays that do not divide into ${s.count}`);
  if (!inspection.functions.has(`${s.result} of ${s.name}`))
    inspection.fault(`the ${s.result} of ${s.name} is not among the required functions`);
}

function checkCell(buffer: Buffer, at: readonly Position[], visible: Visible, inspection: Inspection): void {
  const { fault } = inspection;
  if (at.length !== buffer.extents.length)
    fault(`${nameOf(buffer)} has ${buffer.extents.length} extents, and ${at.length} positions are given`);
  checkCounters(at, visible, inspection);
  if (visible.tested) return;
  at.forEach((p, axis) => {
    const [least, largest] = rangeOf(p);
    if (least < 0 || largest >= (buffer.extents[axis] ?? 0))
      fault(`a position of ${nameOf(buffer)} runs from ${least} to ${largest} along ${buffer.extents[axis]}`);
  });
}
function checkCounters(at: readonly Position[], { counters }: Visible, { fault }: Inspection): void {
  for (const counter of countersIn(at))
    if (!counters.has(counter)) fault(`counter ${counter.id} is used outside its loop`);
}
const checkConditions = (when: readonly Condition[], visible: Visible, inspection: Inspection): void => {
  for (const { left, right } of when) checkCounters([left, right], visible, inspection);
};

function checkExpression(e: Expression, visible: Visible, inspection: Inspection): void {
  const check = (inner: Expression): void => checkExpression(inner, visible, inspection);
  switch (e.kind) {
    case 'constant':
      return;
    case 'load':
      read(e.buffer, inspection);
      checkCell(e.buffer, e.at, visible, inspection);
      return;
    case 'local':
      if (!visible.locals.has(e.local)) inspection.fault(`local ${e.local.id} is used before it is declared`);
      return;
    case 'position':
      checkCounters([e.at], visible, inspection);
      return;
    case 'sum':
      if (e.terms.length < 2) inspection.fault('a sum has fewer than two terms');
      e.terms.forEach(check);
      return;
    case 'product':
      if (e.factors.length < 2) inspection.fault('a product has fewer than two factors');
      e.factors.forEach(check);
      return;
    case 'negate':
      check(e.of);
      return;
    case 'quotient':
      check(e.over);
      check(e.under);
      return;
    case 'integer-power':
      if (!Number.isSafeInteger(e.exponent) || e.exponent < 2)
        inspection.fault(`${e.exponent} is no exponent for multiplication`);
      check(e.base);
      return;
    case 'function':
      e.args.forEach(check);
      return;
    case 'select':
      checkConditions(e.when, visible, inspection);
      checkExpression(e.value, { ...visible, tested: true }, inspection);
      checkExpression(e.otherwise, { ...visible, tested: true }, inspection);
      return;
  }
}
