# The language of matgrad. Every text has at most one parse: what the rules leave open is settled by the
# tokens (src/parse/tokenize.ts). Lists are left recursive: right recursion costs quadratic time.
# grammar/matrix-calculus.ts is generated from this file: npm run grammar

@preprocessor typescript
@lexer lexer
@{%
import * as build from './build.ts';
import { lexer } from './tokens.ts';
%}

# ---- texts, one start symbol for each kind

program_text     -> statements %end   {% build.programText %}
expression_text  -> expression %end   {% build.expressionText %}
question_text    -> ask %end          {% build.statementText %}
declaration_text -> declaration %end  {% build.statementText %}
space_text       -> space %end        {% id %}
bindings_text    -> bindings %end     {% build.bindingsText %}

# ---- statements

statements -> statement                        {% build.firstItem %}
            | statements %separator statement  {% build.nextItem %}

statement -> declaration           {% id %}
           | function_declaration  {% id %}
           | definition            {% id %}
           | function_definition   {% id %}
           | question              {% id %}
           | claim                 {% id %}

ask -> question                       {% id %}
     | claim                          {% id %}
     | expression %equals expression  {% build.plainClaim %}

declaration -> names %member space facts       {% build.declaration %}
             | names %comparison %zero facts   {% build.signDeclaration %}

facts -> null               {% build.noItems %}
       | facts %comma fact  {% build.nextItem %}

fact -> %word                 {% build.fact %}
      | %word %at expression  {% build.factAt %}
      | %word expression      {% build.factOfValue %}

function_declaration -> %word %colon domain %arrow space  {% build.functionDeclaration %}

domain -> space                {% build.firstItem %}
        | domain %cross space  {% build.nextItem %}

definition -> %word %assign expression                             {% build.definition %}
            | %word %lbracket entries %rbracket %assign expression  {% build.definitionByEntry %}

entries -> entry                {% build.firstItem %}
         | entries %comma entry  {% build.nextItem %}

entry -> %word                                      {% build.overIndex %}
       | %word %assign expression %dots expression  {% build.overRange %}

function_definition -> %word %lparen names %rparen %assign expression  {% build.functionDefinition %}

question -> expression                         {% build.question %}
          | expression %at bindings            {% build.questionAt %}
          | expression %by_cases               {% build.questionByCases %}
          | expression %at bindings %by_cases  {% build.questionAtByCases %}

claim -> %check expression %equals expression  {% build.claim %}

bindings -> binding                  {% build.firstItem %}
          | bindings %comma binding  {% build.nextItem %}

binding -> %word %assign expression  {% build.binding %}

names -> %word               {% build.firstItem %}
       | names %comma %word  {% build.nextItem %}

space -> %reals                                                       {% build.scalars %}
       | %reals %caret %word                                          {% build.columns %}
       | %reals %caret %number                                        {% build.columns %}
       | %reals %caret %lparen expression %rparen                     {% build.columnsInBrackets %}
       | %reals %caret %lbrace expression %rbrace                     {% build.columnsInBrackets %}
       | %reals %caret %lparen sizes %cross expression %rparen        {% build.arrays %}
       | %reals %caret %lbrace sizes %cross expression %rbrace        {% build.arrays %}
       | %reals %superscript                                          {% build.columnsRaised %}
       | %reals %superscript %supercross %superscript                 {% build.matricesRaised %}

sizes -> expression               {% build.firstItem %}
       | sizes %cross expression  {% build.nextItem %}

# ---- expressions, loosest first

expression -> term                     {% build.firstTerm %}
            | expression %plus term    {% build.nextTerm %}
            | expression %minus term   {% build.nextTerm %}

term -> product        {% build.plainTerm %}
      | signs product  {% build.signedTerm %}

signs -> %minus        {% build.firstSign %}
       | signs %minus  {% build.nextSign %}

# A sum without parentheses takes the rest of the product: only the last factor can be one.
product -> factors                   {% id %}
         | big_sum                   {% id %}
         | factors times big_sum     {% build.product %}
         | factors times signs big_sum  {% build.signedProduct %}

big_sum -> %sum_prefix product  {% build.sumOver %}
         | %sum_open ranges %sum_close product  {% build.sumWhere %}
         | %nabla big_sum       {% build.gradient %}

factors -> power                      {% id %}
         | factors times power        {% build.product %}
         | factors times signs power  {% build.signedProduct %}

times -> %multiply   {% id %}
       | %slash      {% id %}
       | %backslash  {% id %}

ranges -> over               {% build.firstItem %}
        | ranges %comma over  {% build.nextItem %}

over -> entry                           {% id %}
      | expression relation expression  {% build.overCondition %}

power -> operand         {% id %}
       | operand raised  {% build.power %}

raised -> caret exponent         {% build.firstExponent %}
        | raised caret exponent  {% build.nextExponent %}

caret -> %caret      {% id %}
       | %dot_caret  {% id %}

exponent -> operand        {% build.plainTerm %}
          | signs operand  {% build.signedTerm %}

operand -> postfix                                   {% id %}
         | %nabla operand                            {% build.gradient %}
         | %partial postfix %slash %partial postfix  {% build.jacobian %}

postfix -> primary                              {% id %}
         | postfix %transpose                   {% build.transpose %}
         | postfix %superscript                 {% build.raisedBySuperscript %}
         | postfix %lbracket indices %rbracket  {% build.subscript %}

indices -> index                 {% build.firstItem %}
         | indices %comma index  {% build.nextItem %}

index -> expression                    {% id %}
       | %colon                        {% id %}
       | expression %colon expression  {% build.range %}

primary -> %number                                       {% build.number %}
         | %zero                                         {% build.number %}
         | %word                                         {% build.name %}
         | %word %lparen arguments %rparen               {% build.call %}
         | %word %lparen arguments %comma %dim %assign expression %rparen  {% build.callAlong %}
         | %word %lparen arguments %rparen %within       {% build.callWithin %}
         | %lparen expression %rparen                    {% build.parenthesised %}
         | %lbracket rows %rbracket                      {% build.matrix %}
         | %bar_open expression %bar_close               {% build.norm %}
         | %sum_call in_brackets                         {% build.sumOver %}
         | %sum_open ranges %sum_close_call in_brackets  {% build.sumWhere %}
         | %lparen expression %colon expression %rparen  {% build.rangeInBrackets %}
         | %indicator expression relation expression %rbracket  {% build.indicator %}

in_brackets -> %lparen expression %rparen                    {% build.parenthesised %}
             | %lparen expression %colon expression %rparen  {% build.rangeInBrackets %}

relation -> %comparison  {% id %}
          | %at_most     {% id %}
          | %equals      {% id %}

arguments -> expression                   {% build.firstItem %}
           | arguments %comma expression  {% build.nextItem %}

rows -> row                  {% build.firstItem %}
      | rows %semicolon row  {% build.nextItem %}

row -> expression             {% build.firstItem %}
     | row %comma expression  {% build.nextItem %}
