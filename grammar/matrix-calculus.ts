// Generated automatically by nearley, version 2.20.1
// http://github.com/Hardmath123/nearley
// Bypasses TS6133. Allow declared but unused functions.
// @ts-ignore
function id(d: any[]): any { return d[0]; }
declare var end: any;
declare var separator: any;
declare var equals: any;
declare var member: any;
declare var comparison: any;
declare var zero: any;
declare var comma: any;
declare var word: any;
declare var at: any;
declare var colon: any;
declare var arrow: any;
declare var cross: any;
declare var assign: any;
declare var lbracket: any;
declare var rbracket: any;
declare var dots: any;
declare var lparen: any;
declare var rparen: any;
declare var by_cases: any;
declare var check: any;
declare var reals: any;
declare var caret: any;
declare var number: any;
declare var lbrace: any;
declare var rbrace: any;
declare var superscript: any;
declare var supercross: any;
declare var plus: any;
declare var minus: any;
declare var sum_prefix: any;
declare var sum_open: any;
declare var sum_close: any;
declare var nabla: any;
declare var multiply: any;
declare var slash: any;
declare var backslash: any;
declare var dot_caret: any;
declare var partial: any;
declare var transpose: any;
declare var dim: any;
declare var within: any;
declare var bar_open: any;
declare var bar_close: any;
declare var sum_call: any;
declare var sum_close_call: any;
declare var indicator: any;
declare var at_most: any;
declare var semicolon: any;

import * as build from './build.ts';
import { lexer } from './tokens.ts';

interface NearleyToken {
  value: any;
  [key: string]: any;
};

interface NearleyLexer {
  reset: (chunk: string, info: any) => void;
  next: () => NearleyToken | undefined;
  save: () => any;
  formatError: (token: never) => string;
  has: (tokenType: string) => boolean;
};

interface NearleyRule {
  name: string;
  symbols: NearleySymbol[];
  postprocess?: (d: any[], loc?: number, reject?: {}) => any;
};

type NearleySymbol = string | { literal: any } | { test: (token: any) => boolean };

interface Grammar {
  Lexer: NearleyLexer | undefined;
  ParserRules: NearleyRule[];
  ParserStart: string;
};

const grammar: Grammar = {
  Lexer: lexer,
  ParserRules: [
    {"name": "program_text", "symbols": ["statements", (lexer.has("end") ? {type: "end"} : end)], "postprocess": build.programText},
    {"name": "expression_text", "symbols": ["expression", (lexer.has("end") ? {type: "end"} : end)], "postprocess": build.expressionText},
    {"name": "question_text", "symbols": ["ask", (lexer.has("end") ? {type: "end"} : end)], "postprocess": build.statementText},
    {"name": "declaration_text", "symbols": ["declaration", (lexer.has("end") ? {type: "end"} : end)], "postprocess": build.statementText},
    {"name": "space_text", "symbols": ["space", (lexer.has("end") ? {type: "end"} : end)], "postprocess": id},
    {"name": "bindings_text", "symbols": ["bindings", (lexer.has("end") ? {type: "end"} : end)], "postprocess": build.bindingsText},
    {"name": "statements", "symbols": ["statement"], "postprocess": build.firstItem},
    {"name": "statements", "symbols": ["statements", (lexer.has("separator") ? {type: "separator"} : separator), "statement"], "postprocess": build.nextItem},
    {"name": "statement", "symbols": ["declaration"], "postprocess": id},
    {"name": "statement", "symbols": ["function_declaration"], "postprocess": id},
    {"name": "statement", "symbols": ["definition"], "postprocess": id},
    {"name": "statement", "symbols": ["function_definition"], "postprocess": id},
    {"name": "statement", "symbols": ["question"], "postprocess": id},
    {"name": "statement", "symbols": ["claim"], "postprocess": id},
    {"name": "ask", "symbols": ["question"], "postprocess": id},
    {"name": "ask", "symbols": ["claim"], "postprocess": id},
    {"name": "ask", "symbols": ["expression", (lexer.has("equals") ? {type: "equals"} : equals), "expression"], "postprocess": build.plainClaim},
    {"name": "declaration", "symbols": ["names", (lexer.has("member") ? {type: "member"} : member), "space", "facts"], "postprocess": build.declaration},
    {"name": "declaration", "symbols": ["names", (lexer.has("comparison") ? {type: "comparison"} : comparison), (lexer.has("zero") ? {type: "zero"} : zero), "facts"], "postprocess": build.signDeclaration},
    {"name": "facts", "symbols": [], "postprocess": build.noItems},
    {"name": "facts", "symbols": ["facts", (lexer.has("comma") ? {type: "comma"} : comma), "fact"], "postprocess": build.nextItem},
    {"name": "fact", "symbols": [(lexer.has("word") ? {type: "word"} : word)], "postprocess": build.fact},
    {"name": "fact", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("at") ? {type: "at"} : at), "expression"], "postprocess": build.factAt},
    {"name": "fact", "symbols": [(lexer.has("word") ? {type: "word"} : word), "expression"], "postprocess": build.factOfValue},
    {"name": "function_declaration", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("colon") ? {type: "colon"} : colon), "domain", (lexer.has("arrow") ? {type: "arrow"} : arrow), "space"], "postprocess": build.functionDeclaration},
    {"name": "domain", "symbols": ["space"], "postprocess": build.firstItem},
    {"name": "domain", "symbols": ["domain", (lexer.has("cross") ? {type: "cross"} : cross), "space"], "postprocess": build.nextItem},
    {"name": "definition", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("assign") ? {type: "assign"} : assign), "expression"], "postprocess": build.definition},
    {"name": "definition", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("lbracket") ? {type: "lbracket"} : lbracket), "entries", (lexer.has("rbracket") ? {type: "rbracket"} : rbracket), (lexer.has("assign") ? {type: "assign"} : assign), "expression"], "postprocess": build.definitionByEntry},
    {"name": "entries", "symbols": ["entry"], "postprocess": build.firstItem},
    {"name": "entries", "symbols": ["entries", (lexer.has("comma") ? {type: "comma"} : comma), "entry"], "postprocess": build.nextItem},
    {"name": "entry", "symbols": [(lexer.has("word") ? {type: "word"} : word)], "postprocess": build.overIndex},
    {"name": "entry", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("assign") ? {type: "assign"} : assign), "expression", (lexer.has("dots") ? {type: "dots"} : dots), "expression"], "postprocess": build.overRange},
    {"name": "function_definition", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("lparen") ? {type: "lparen"} : lparen), "names", (lexer.has("rparen") ? {type: "rparen"} : rparen), (lexer.has("assign") ? {type: "assign"} : assign), "expression"], "postprocess": build.functionDefinition},
    {"name": "question", "symbols": ["expression"], "postprocess": build.question},
    {"name": "question", "symbols": ["expression", (lexer.has("at") ? {type: "at"} : at), "bindings"], "postprocess": build.questionAt},
    {"name": "question", "symbols": ["expression", (lexer.has("by_cases") ? {type: "by_cases"} : by_cases)], "postprocess": build.questionByCases},
    {"name": "question", "symbols": ["expression", (lexer.has("at") ? {type: "at"} : at), "bindings", (lexer.has("by_cases") ? {type: "by_cases"} : by_cases)], "postprocess": build.questionAtByCases},
    {"name": "claim", "symbols": [(lexer.has("check") ? {type: "check"} : check), "expression", (lexer.has("equals") ? {type: "equals"} : equals), "expression"], "postprocess": build.claim},
    {"name": "bindings", "symbols": ["binding"], "postprocess": build.firstItem},
    {"name": "bindings", "symbols": ["bindings", (lexer.has("comma") ? {type: "comma"} : comma), "binding"], "postprocess": build.nextItem},
    {"name": "binding", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("assign") ? {type: "assign"} : assign), "expression"], "postprocess": build.binding},
    {"name": "names", "symbols": [(lexer.has("word") ? {type: "word"} : word)], "postprocess": build.firstItem},
    {"name": "names", "symbols": ["names", (lexer.has("comma") ? {type: "comma"} : comma), (lexer.has("word") ? {type: "word"} : word)], "postprocess": build.nextItem},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals)], "postprocess": build.scalars},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("word") ? {type: "word"} : word)], "postprocess": build.columns},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("number") ? {type: "number"} : number)], "postprocess": build.columns},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("lparen") ? {type: "lparen"} : lparen), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.columnsInBrackets},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("lbrace") ? {type: "lbrace"} : lbrace), "expression", (lexer.has("rbrace") ? {type: "rbrace"} : rbrace)], "postprocess": build.columnsInBrackets},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("lparen") ? {type: "lparen"} : lparen), "sizes", (lexer.has("cross") ? {type: "cross"} : cross), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.arrays},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("caret") ? {type: "caret"} : caret), (lexer.has("lbrace") ? {type: "lbrace"} : lbrace), "sizes", (lexer.has("cross") ? {type: "cross"} : cross), "expression", (lexer.has("rbrace") ? {type: "rbrace"} : rbrace)], "postprocess": build.arrays},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("superscript") ? {type: "superscript"} : superscript)], "postprocess": build.columnsRaised},
    {"name": "space", "symbols": [(lexer.has("reals") ? {type: "reals"} : reals), (lexer.has("superscript") ? {type: "superscript"} : superscript), (lexer.has("supercross") ? {type: "supercross"} : supercross), (lexer.has("superscript") ? {type: "superscript"} : superscript)], "postprocess": build.matricesRaised},
    {"name": "sizes", "symbols": ["expression"], "postprocess": build.firstItem},
    {"name": "sizes", "symbols": ["sizes", (lexer.has("cross") ? {type: "cross"} : cross), "expression"], "postprocess": build.nextItem},
    {"name": "expression", "symbols": ["term"], "postprocess": build.firstTerm},
    {"name": "expression", "symbols": ["expression", (lexer.has("plus") ? {type: "plus"} : plus), "term"], "postprocess": build.nextTerm},
    {"name": "expression", "symbols": ["expression", (lexer.has("minus") ? {type: "minus"} : minus), "term"], "postprocess": build.nextTerm},
    {"name": "term", "symbols": ["product"], "postprocess": build.plainTerm},
    {"name": "term", "symbols": ["signs", "product"], "postprocess": build.signedTerm},
    {"name": "signs", "symbols": [(lexer.has("minus") ? {type: "minus"} : minus)], "postprocess": build.firstSign},
    {"name": "signs", "symbols": ["signs", (lexer.has("minus") ? {type: "minus"} : minus)], "postprocess": build.nextSign},
    {"name": "product", "symbols": ["factors"], "postprocess": id},
    {"name": "product", "symbols": ["big_sum"], "postprocess": id},
    {"name": "product", "symbols": ["factors", "times", "big_sum"], "postprocess": build.product},
    {"name": "product", "symbols": ["factors", "times", "signs", "big_sum"], "postprocess": build.signedProduct},
    {"name": "big_sum", "symbols": [(lexer.has("sum_prefix") ? {type: "sum_prefix"} : sum_prefix), "product"], "postprocess": build.sumOver},
    {"name": "big_sum", "symbols": [(lexer.has("sum_open") ? {type: "sum_open"} : sum_open), "ranges", (lexer.has("sum_close") ? {type: "sum_close"} : sum_close), "product"], "postprocess": build.sumWhere},
    {"name": "big_sum", "symbols": [(lexer.has("nabla") ? {type: "nabla"} : nabla), "big_sum"], "postprocess": build.gradient},
    {"name": "factors", "symbols": ["power"], "postprocess": id},
    {"name": "factors", "symbols": ["factors", "times", "power"], "postprocess": build.product},
    {"name": "factors", "symbols": ["factors", "times", "signs", "power"], "postprocess": build.signedProduct},
    {"name": "times", "symbols": [(lexer.has("multiply") ? {type: "multiply"} : multiply)], "postprocess": id},
    {"name": "times", "symbols": [(lexer.has("slash") ? {type: "slash"} : slash)], "postprocess": id},
    {"name": "times", "symbols": [(lexer.has("backslash") ? {type: "backslash"} : backslash)], "postprocess": id},
    {"name": "ranges", "symbols": ["over"], "postprocess": build.firstItem},
    {"name": "ranges", "symbols": ["ranges", (lexer.has("comma") ? {type: "comma"} : comma), "over"], "postprocess": build.nextItem},
    {"name": "over", "symbols": ["entry"], "postprocess": id},
    {"name": "over", "symbols": ["expression", "relation", "expression"], "postprocess": build.overCondition},
    {"name": "power", "symbols": ["operand"], "postprocess": id},
    {"name": "power", "symbols": ["operand", "raised"], "postprocess": build.power},
    {"name": "raised", "symbols": ["caret", "exponent"], "postprocess": build.firstExponent},
    {"name": "raised", "symbols": ["raised", "caret", "exponent"], "postprocess": build.nextExponent},
    {"name": "caret", "symbols": [(lexer.has("caret") ? {type: "caret"} : caret)], "postprocess": id},
    {"name": "caret", "symbols": [(lexer.has("dot_caret") ? {type: "dot_caret"} : dot_caret)], "postprocess": id},
    {"name": "exponent", "symbols": ["operand"], "postprocess": build.plainTerm},
    {"name": "exponent", "symbols": ["signs", "operand"], "postprocess": build.signedTerm},
    {"name": "operand", "symbols": ["postfix"], "postprocess": id},
    {"name": "operand", "symbols": [(lexer.has("nabla") ? {type: "nabla"} : nabla), "operand"], "postprocess": build.gradient},
    {"name": "operand", "symbols": [(lexer.has("partial") ? {type: "partial"} : partial), "postfix", (lexer.has("slash") ? {type: "slash"} : slash), (lexer.has("partial") ? {type: "partial"} : partial), "postfix"], "postprocess": build.jacobian},
    {"name": "postfix", "symbols": ["primary"], "postprocess": id},
    {"name": "postfix", "symbols": ["postfix", (lexer.has("transpose") ? {type: "transpose"} : transpose)], "postprocess": build.transpose},
    {"name": "postfix", "symbols": ["postfix", (lexer.has("superscript") ? {type: "superscript"} : superscript)], "postprocess": build.raisedBySuperscript},
    {"name": "postfix", "symbols": ["postfix", (lexer.has("lbracket") ? {type: "lbracket"} : lbracket), "indices", (lexer.has("rbracket") ? {type: "rbracket"} : rbracket)], "postprocess": build.subscript},
    {"name": "indices", "symbols": ["index"], "postprocess": build.firstItem},
    {"name": "indices", "symbols": ["indices", (lexer.has("comma") ? {type: "comma"} : comma), "index"], "postprocess": build.nextItem},
    {"name": "index", "symbols": ["expression"], "postprocess": id},
    {"name": "index", "symbols": [(lexer.has("colon") ? {type: "colon"} : colon)], "postprocess": id},
    {"name": "index", "symbols": ["expression", (lexer.has("colon") ? {type: "colon"} : colon), "expression"], "postprocess": build.range},
    {"name": "primary", "symbols": [(lexer.has("number") ? {type: "number"} : number)], "postprocess": build.number},
    {"name": "primary", "symbols": [(lexer.has("zero") ? {type: "zero"} : zero)], "postprocess": build.number},
    {"name": "primary", "symbols": [(lexer.has("word") ? {type: "word"} : word)], "postprocess": build.name},
    {"name": "primary", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("lparen") ? {type: "lparen"} : lparen), "arguments", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.call},
    {"name": "primary", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("lparen") ? {type: "lparen"} : lparen), "arguments", (lexer.has("comma") ? {type: "comma"} : comma), (lexer.has("dim") ? {type: "dim"} : dim), (lexer.has("assign") ? {type: "assign"} : assign), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.callAlong},
    {"name": "primary", "symbols": [(lexer.has("word") ? {type: "word"} : word), (lexer.has("lparen") ? {type: "lparen"} : lparen), "arguments", (lexer.has("rparen") ? {type: "rparen"} : rparen), (lexer.has("within") ? {type: "within"} : within)], "postprocess": build.callWithin},
    {"name": "primary", "symbols": [(lexer.has("lparen") ? {type: "lparen"} : lparen), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.parenthesised},
    {"name": "primary", "symbols": [(lexer.has("lbracket") ? {type: "lbracket"} : lbracket), "rows", (lexer.has("rbracket") ? {type: "rbracket"} : rbracket)], "postprocess": build.matrix},
    {"name": "primary", "symbols": [(lexer.has("bar_open") ? {type: "bar_open"} : bar_open), "expression", (lexer.has("bar_close") ? {type: "bar_close"} : bar_close)], "postprocess": build.norm},
    {"name": "primary", "symbols": [(lexer.has("sum_call") ? {type: "sum_call"} : sum_call), "in_brackets"], "postprocess": build.sumOver},
    {"name": "primary", "symbols": [(lexer.has("sum_open") ? {type: "sum_open"} : sum_open), "ranges", (lexer.has("sum_close_call") ? {type: "sum_close_call"} : sum_close_call), "in_brackets"], "postprocess": build.sumWhere},
    {"name": "primary", "symbols": [(lexer.has("lparen") ? {type: "lparen"} : lparen), "expression", (lexer.has("colon") ? {type: "colon"} : colon), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.rangeInBrackets},
    {"name": "primary", "symbols": [(lexer.has("indicator") ? {type: "indicator"} : indicator), "expression", "relation", "expression", (lexer.has("rbracket") ? {type: "rbracket"} : rbracket)], "postprocess": build.indicator},
    {"name": "in_brackets", "symbols": [(lexer.has("lparen") ? {type: "lparen"} : lparen), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.parenthesised},
    {"name": "in_brackets", "symbols": [(lexer.has("lparen") ? {type: "lparen"} : lparen), "expression", (lexer.has("colon") ? {type: "colon"} : colon), "expression", (lexer.has("rparen") ? {type: "rparen"} : rparen)], "postprocess": build.rangeInBrackets},
    {"name": "relation", "symbols": [(lexer.has("comparison") ? {type: "comparison"} : comparison)], "postprocess": id},
    {"name": "relation", "symbols": [(lexer.has("at_most") ? {type: "at_most"} : at_most)], "postprocess": id},
    {"name": "relation", "symbols": [(lexer.has("equals") ? {type: "equals"} : equals)], "postprocess": id},
    {"name": "arguments", "symbols": ["expression"], "postprocess": build.firstItem},
    {"name": "arguments", "symbols": ["arguments", (lexer.has("comma") ? {type: "comma"} : comma), "expression"], "postprocess": build.nextItem},
    {"name": "rows", "symbols": ["row"], "postprocess": build.firstItem},
    {"name": "rows", "symbols": ["rows", (lexer.has("semicolon") ? {type: "semicolon"} : semicolon), "row"], "postprocess": build.nextItem},
    {"name": "row", "symbols": ["expression"], "postprocess": build.firstItem},
    {"name": "row", "symbols": ["row", (lexer.has("comma") ? {type: "comma"} : comma), "expression"], "postprocess": build.nextItem}
  ],
  ParserStart: "program_text",
};

export default grammar;
