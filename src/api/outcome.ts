/** What comes back from asking, a value or a problem with the text and the place that it is about; and which of several texts that is. */
import { type Problem, refuse, Refusal, type Outcome as Parsed, renderProblem } from '../basics/problem.ts';
import { lineColumn, type Span } from '../basics/source.ts';

/** The text that a problem is about: the program, the question, or another text that was handed in. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export interface PlacedProblem extends Problem {
  /** Absent where no text is to blame, as with a missing value. `span` counts in this text. */
  readonly source?: SourceText | undefined;
  /** Both from 1; columns count code points. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Either `{ ok: true, value }` or `{ ok: false, problem }`. Bad input never throws.
 *
 * @example
 * const program = parse('x in R^n; f = x*x');
 * if (!program.ok) console.log(program.problem.line, program.problem.message, program.problem.hint);
 */
export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: PlacedProblem };

export const valued = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });

export function mapOutcome<From, To>(outcome: Outcome<From>, make: (value: From) => To): Outcome<To> {
  return outcome.ok ? valued(make(outcome.value)) : outcome;
}

// ---- which text does a problem lie in? All texts count as one long text, and every tree keeps its place in it

interface Segment extends SourceText {
  readonly start: number;
}

export interface Sources {
  /** Parses a further text; refuses what cannot be parsed. */
  readonly read: <Tree>(name: string, text: string, parse: (text: string) => Parsed<Tree>) => Tree;
  readonly place: (problem: Problem) => PlacedProblem;
  /** The same texts; what is read into the copy does not show here. */
  readonly copy: () => Sources;
}

export function createSources(known: readonly Segment[] = []): Sources {
  const segments = [...known];
  return {
    read: (name, text, parse) => {
      const last = segments.at(-1);
      const start = last ? last.start + last.text.length + 1 : 0;
      segments.push({ name, text, start });
      const parsed = parse(text);
      if (parsed.ok) return moved(parsed.value, start);
      return refuse({ ...parsed.problem, span: parsed.problem.span && movedSpan(parsed.problem.span, start) });
    },
    place: (problem) => placed(problem, segments),
    copy: () => createSources(segments),
  };
}

/** Runs a stage; what it refuses becomes a problem with its text. */
export function attemptWith<Value>(sources: Sources, stage: () => Value): Outcome<Value> {
  try {
    return { ok: true, value: stage() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: sources.place(error.problem) };
    throw error;
  }
}

const movedSpan = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** Depth is bounded by the parser's own limit. */
function moved<Tree>(tree: Tree, by: number): Tree {
  if (by === 0 || typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((part: unknown) => moved(part, by)) as Tree;
  const entries = Object.entries(tree).map(([key, part]: [string, unknown]) => {
    const isSpan = (key === 'span' || key === 'nameSpan') && part !== undefined;
    return [key, isSpan ? movedSpan(part as Span, by) : moved(part, by)] as const;
  });
  return Object.fromEntries(entries) as Tree;
}

/** A place in no text that we were given. */
function withoutPlace({ kind, message, hint }: Problem): PlacedProblem {
  return hint === undefined ? { kind, message } : { kind, message, hint };
}

function placed(problem: Problem, segments: readonly Segment[]): PlacedProblem {
  const { span } = problem;
  const segment = span && segments.findLast(({ start }) => start <= span.start);
  if (!segment) return withoutPlace(problem);
  const own = movedSpan(span, -segment.start);
  return {
    ...problem,
    span: own,
    source: { name: segment.name, text: segment.text },
    ...lineColumn(segment.text, own.start),
  };
}

// ---- as people read it

/**
 * Message, line with carets, and hint, on several lines without a final line break.
 *
 * @param name Stands in front of the line number instead of the text's own name: a file's, say.
 * @example
 * // program:1:16: unknown name w
 * // 1 | x in R^n; y = w*x
 * //   |               ^
 */
export function renderPlaced(problem: PlacedProblem, name?: string): string {
  return renderProblem(problem, problem.source?.text ?? '', problem.source && (name ?? problem.source.name));
}
