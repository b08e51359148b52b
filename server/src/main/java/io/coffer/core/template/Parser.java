package io.coffer.core.template;

import io.coffer.core.template.Node.Branch;
import io.coffer.core.template.Node.Sequence;
import io.coffer.core.template.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a tree of a template; whatever is wrong with it is told with its line. */
final class Parser {
  /** What errors show of a token. */
  private static final int SHOWN_RUNES = 10;

  private final byte[] source;
  private final Memory memory;
  private final Lexer lexer;
  private final Map<String, Sequence> defined = new HashMap<>();
  private final Token[] tokens = new Token[3];
  private int peeked;
  private List<String> variables = new ArrayList<>(List.of("$"));
  private int actionLine;
  private int ranges;
  private int nesting;

  Parser(byte[] source, Memory memory) {
    this.source = source;
    this.memory = memory;
    this.lexer = new Lexer(source);
    Arrays.fill(tokens, new Token(Kind.EOF, 0, 0, 1, ""));
  }

  Templates parse() {
    List<Node> nodes = new ArrayList<>();
    int at = peek().from();
    while (peek().kind() != Kind.EOF) {
      if (peek().kind() == Kind.LEFT_DELIMITER) {
        Token delimiter = next();
        if (nextNonSpace().kind() == Kind.DEFINE) {
          definition();
          continue;
        }
        backup2(delimiter);
      }
      Node node = textOrAction();
      if (node instanceof Node.End || node instanceof Node.Else) {
        throw trouble("unexpected " + shown(node));
      }
      nodes.add(node);
    }
    Sequence root = new Sequence(at, nodes);
    define(Trouble.NAME, root);
    return new Templates(defined.getOrDefault(Trouble.NAME, root), defined);
  }

  private void definition() {
    String name = name(nextNonSpace(), "define clause");
    expect(Kind.RIGHT_DELIMITER, "define clause");
    body(name, "define clause");
  }

  /** A template within this one: it sees no variable of it. */
  private void body(String name, String context) {
    List<String> outerVariables = variables;
    int outerRanges = ranges;
    variables = new ArrayList<>(List.of("$"));
    ranges = 0;
    Block block = block();
    if (!(block.end() instanceof Node.End)) {
      throw trouble("unexpected " + shown(block.end()) + " in " + context);
    }
    define(name, block.list());
    variables = outerVariables;
    ranges = outerRanges;
  }

  private void define(String name, Sequence tree) {
    Sequence before = defined.get(name);
    if (before == null || isEmpty(before)) {
      defined.put(name, tree);
    } else if (!isEmpty(tree)) {
      throw trouble("template: multiple definition of template " + Trouble.quoted(name));
    }
  }

  private static boolean isEmpty(Node node) {
    return switch (node) {
      case Sequence(var _, var nodes) -> nodes.stream().allMatch(Parser::isEmpty);
      case Node.Plain(var _, var text) -> isBlank(text);
      default -> false;
    };
  }

  private static boolean isBlank(Text text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Lexer.isSpace(text.at(i))) {
        return false;
      }
    }
    return true;
  }

  /** What is in a block, and what ended it. */
  private record Block(Sequence list, Node end) {}

  private Block block() {
    List<Node> nodes = new ArrayList<>();
    int at = peekNonSpace().from();
    while (peekNonSpace().kind() != Kind.EOF) {
      Node node = textOrAction();
      if (node instanceof Node.End || node instanceof Node.Else) {
        return new Block(new Sequence(at, nodes), node);
      }
      nodes.add(node);
    }
    throw trouble("unexpected EOF");
  }

  private Node textOrAction() {
    Token token = nextNonSpace();
    if (token.kind() == Kind.TEXT) {
      return new Node.Plain(token.from(), text(token));
    }
    if (token.kind() == Kind.LEFT_DELIMITER) {
      actionLine = token.line();
      Node node = nested(this::action);
      actionLine = 0;
      return node;
    }
    throw unexpected(token, "input");
  }

  private Node action() {
    Token token = nextNonSpace();
    return switch (token.kind()) {
      case BLOCK -> blockControl();
      case BREAK -> {
        inRange("{{break}}");
        yield new Node.Break(token.from());
      }
      case CONTINUE -> {
        inRange("{{continue}}");
        yield new Node.Continue(token.from());
      }
      case ELSE -> elseControl();
      case END -> new Node.End(expect(Kind.RIGHT_DELIMITER, "end").from());
      case IF -> control(Branch.Kind.IF);
      case RANGE -> control(Branch.Kind.RANGE);
      case TEMPLATE -> templateControl();
      case WITH -> control(Branch.Kind.WITH);
      default -> {
        backup();
        int at = peek().from();
        yield new Node.Action(at, pipeline("command", Kind.RIGHT_DELIMITER));
      }
    };
  }

  private void inRange(String what) {
    Token token = nextNonSpace();
    if (token.kind() != Kind.RIGHT_DELIMITER) {
      throw unexpected(token, what);
    }
    if (ranges == 0) {
      throw trouble(what + " outside {{range}}");
    }
  }

  private Node elseControl() {
    Token token = peekNonSpace();
    if (token.kind() == Kind.IF || token.kind() == Kind.WITH) {
      return new Node.Else(token.from());
    }
    return new Node.Else(expect(Kind.RIGHT_DELIMITER, "else").from());
  }

  private Node control(Branch.Kind kind) {
    int scope = variables.size();
    int range = kind == Branch.Kind.RANGE ? 1 : 0;
    Node.Pipe pipe = pipeline(kind.word(), Kind.RIGHT_DELIMITER);
    ranges += range;
    Block body = block();
    ranges -= range;
    Sequence otherwise = new Sequence(body.end().at(), List.of());
    if (body.end() instanceof Node.Else) {
      otherwise = otherwise(kind);
    }
    variables.subList(scope, variables.size()).clear();
    return new Branch(kind, pipe.at(), pipe, body.list(), otherwise);
  }

  private Sequence otherwise(Branch.Kind kind) {
    Token token = peek();
    boolean chained =
        (kind == Branch.Kind.IF && token.kind() == Kind.IF)
            || (kind == Branch.Kind.WITH && token.kind() == Kind.WITH);
    if (chained) {
      next();
      // The inner block's end is this one's as well.
      return new Sequence(token.from(), List.of(nested(() -> control(kind))));
    }
    Block block = block();
    if (!(block.end() instanceof Node.End)) {
      throw trouble("expected end; found " + shown(block.end()));
    }
    return block.list();
  }

  private Node blockControl() {
    String context = "block clause";
    Token token = nextNonSpace();
    String name = name(token, context);
    Node.Pipe pipe = pipeline(context, Kind.RIGHT_DELIMITER);
    body(name, context);
    return new Node.Call(token.from(), name, Optional.of(pipe));
  }

  private Node templateControl() {
    String context = "template clause";
    Token token = nextNonSpace();
    String name = name(token, context);
    Optional<Node.Pipe> pipe = Optional.empty();
    if (nextNonSpace().kind() != Kind.RIGHT_DELIMITER) {
      backup();
      pipe = Optional.of(pipeline(context, Kind.RIGHT_DELIMITER));
    }
    return new Node.Call(token.from(), name, pipe);
  }

  private String name(Token token, String context) {
    if (token.kind() != Kind.STRING && token.kind() != Kind.RAW_STRING) {
      throw unexpected(token, context);
    }
    return unquoted(token).string();
  }

  private Node.Pipe pipeline(String context, Kind end) {
    int at = peekNonSpace().from();
    List<Node.Variable> declared = new ArrayList<>();
    boolean assigns = declarations(context, declared);
    List<Node.Command> commands = new ArrayList<>();
    while (true) {
      Token token = nextNonSpace();
      if (token.kind() == end) {
        check(commands, context);
        return new Node.Pipe(at, assigns, declared, commands);
      }
      switch (token.kind()) {
        case BOOL,
            CHARACTER_CONSTANT,
            COMPLEX,
            DOT,
            FIELD,
            IDENTIFIER,
            NUMBER,
            NIL,
            RAW_STRING,
            STRING,
            VARIABLE,
            LEFT_PARENTHESIS -> {
          backup();
          commands.add(command());
        }
        default -> throw unexpected(token, context);
      }
    }
  }

  /** Whether what was declared is assigned to, rather than made. */
  private boolean declarations(String context, List<Node.Variable> declared) {
    while (true) {
      Token variable = peekNonSpace();
      if (variable.kind() != Kind.VARIABLE) {
        return false;
      }
      next();
      Token after = peek();
      Token token = peekNonSpace();
      if (token.kind() == Kind.ASSIGN || token.kind() == Kind.DECLARE) {
        nextNonSpace();
        declare(variable, declared);
        return token.kind() == Kind.ASSIGN;
      }
      if (token.kind() != Kind.CHARACTER || source[token.from()] != ',') {
        if (after.kind() == Kind.SPACE) {
          backup3(variable, after);
        } else {
          backup2(variable);
        }
        return false;
      }
      nextNonSpace();
      declare(variable, declared);
      if (!context.equals("range") || declared.size() > 1) {
        throw trouble("too many declarations in " + context);
      }
      switch (peekNonSpace().kind()) {
        case VARIABLE, RIGHT_DELIMITER, RIGHT_PARENTHESIS -> {}
        default -> throw trouble("range can only initialize variables");
      }
    }
  }

  private void declare(Token variable, List<Node.Variable> declared) {
    String name = string(variable);
    declared.add(new Node.Variable(variable.from(), List.of(name)));
    if (variables.size() == Expansion.VARIABLES_MAX) {
      throw trouble("more than " + Expansion.VARIABLES_MAX + " variables");
    }
    variables.add(name);
  }

  private void check(List<Node.Command> commands, String context) {
    if (commands.isEmpty()) {
      throw trouble("missing value for " + context);
    }
    for (int i = 1; i < commands.size(); i++) {
      if (isConstant(commands.get(i).words().getFirst())) {
        throw trouble("non executable command in pipeline stage " + (i + 1));
      }
    }
  }

  private static boolean isConstant(Node node) {
    return node instanceof Node.Truth
        || node instanceof Node.Dot
        || node instanceof Node.Nil
        || node instanceof Node.Numeral
        || node instanceof Node.Constant;
  }

  private Node.Command command() {
    int at = peekNonSpace().from();
    List<Node> words = new ArrayList<>();
    while (true) {
      peekNonSpace();
      operand().ifPresent(words::add);
      Token token = next();
      switch (token.kind()) {
        case SPACE -> {
          continue;
        }
        case RIGHT_DELIMITER, RIGHT_PARENTHESIS -> backup();
        case PIPE -> {}
        default -> throw unexpected(token, "operand");
      }
      if (words.isEmpty()) {
        throw trouble("empty command");
      }
      return new Node.Command(at, words);
    }
  }

  private Optional<Node> operand() {
    Optional<Node> term = term();
    if (term.isEmpty() || peek().kind() != Kind.FIELD) {
      return term;
    }
    Node node = term.get();
    int at = peek().from();
    List<String> fields = new ArrayList<>();
    while (peek().kind() == Kind.FIELD) {
      fields.add(string(next()).substring(1));
    }
    return Optional.of(
        switch (node) {
          case Node.FieldPath(var _, var path) -> new Node.FieldPath(at, joined(path, fields));
          case Node.Variable(var _, var path) -> new Node.Variable(at, joined(path, fields));
          default -> {
            if (isConstant(node)) {
              throw trouble("unexpected . after term " + Trouble.quoted(shown(node)));
            }
            yield new Node.Chain(at, node, fields);
          }
        });
  }

  private static List<String> joined(List<String> head, List<String> tail) {
    List<String> path = new ArrayList<>(head);
    path.addAll(tail);
    return path;
  }

  private Optional<Node> term() {
    Token token = nextNonSpace();
    int at = token.from();
    return switch (token.kind()) {
      case IDENTIFIER -> {
        String name = string(token);
        if (!Functions.has(name)) {
          throw trouble("function " + Trouble.quoted(name) + " not defined");
        }
        yield Optional.of(new Node.Identifier(at, name));
      }
      case DOT -> Optional.of(new Node.Dot(at));
      case NIL -> Optional.of(new Node.Nil(at));
      case VARIABLE -> {
        String name = string(token);
        if (!variables.contains(name)) {
          throw trouble("undefined variable " + Trouble.quoted(name));
        }
        yield Optional.of(new Node.Variable(at, List.of(name)));
      }
      case FIELD -> Optional.of(new Node.FieldPath(at, List.of(string(token).substring(1))));
      case BOOL -> Optional.of(new Node.Truth(at, string(token).equals("true")));
      case CHARACTER_CONSTANT, COMPLEX, NUMBER -> Optional.of(number(token));
      case LEFT_PARENTHESIS ->
          Optional.of(nested(() -> pipeline("parenthesized pipeline", Kind.RIGHT_PARENTHESIS)));
      case STRING, RAW_STRING ->
          Optional.of(
              new Node.Constant(at, /* quoted= */ text(token), /* text= */ unquoted(token)));
      default -> {
        backup();
        yield Optional.empty();
      }
    };
  }

  private Node number(Token token) {
    String text = string(token);
    Optional<Value> value =
        token.kind() == Kind.CHARACTER_CONSTANT
            ? Constants.character(text)
            : Constants.number(text);
    return new Node.Numeral(
        token.from(), text, value.orElseThrow(() -> noNumber(token.kind(), text)));
  }

  private TemplateException noNumber(Kind kind, String text) {
    if (kind == Kind.CHARACTER_CONSTANT) {
      return trouble(
          Constants.beginsWithCharacter(text)
              ? "malformed character constant: " + new Trouble.Excerpt().add(text)
              : "invalid syntax");
    }
    boolean digits = text.matches("[+-]?[0-9]+");
    return trouble(
        (digits ? "integer overflow: " : "illegal number syntax: ") + Trouble.quoted(text));
  }

  private Text unquoted(Token token) {
    return Constants.unquoted(memory, text(token)).orElseThrow(() -> trouble("invalid syntax"));
  }

  private interface Step<T> {
    T take();
  }

  private <T> T nested(Step<T> step) {
    if (nesting == Expansion.NESTING_MAX) {
      throw trouble("nested deeper than " + Expansion.NESTING_MAX);
    }
    nesting++;
    T taken = step.take();
    nesting--;
    return taken;
  }

  private Token next() {
    if (peeked > 0) {
      peeked--;
    } else {
      tokens[0] = lexer.next();
    }
    return tokens[peeked];
  }

  private Token peek() {
    if (peeked == 0) {
      peeked = 1;
      tokens[0] = lexer.next();
    }
    return tokens[peeked - 1];
  }

  private void backup() {
    peeked++;
  }

  /** Gives back one more, before the one that was peeked. */
  private void backup2(Token first) {
    tokens[1] = first;
    peeked = 2;
  }

  private void backup3(Token first, Token second) {
    tokens[1] = second;
    tokens[2] = first;
    peeked = 3;
  }

  private Token nextNonSpace() {
    Token token;
    do {
      token = next();
    } while (token.kind() == Kind.SPACE);
    return token;
  }

  private Token peekNonSpace() {
    Token token = nextNonSpace();
    backup();
    return token;
  }

  private Token expect(Kind kind, String context) {
    Token token = nextNonSpace();
    if (token.kind() != kind) {
      throw unexpected(token, context);
    }
    return token;
  }

  private Text text(Token token) {
    return new Text(source, token.from(), token.to());
  }

  private String string(Token token) {
    return new String(source, token.from(), token.to() - token.from(), StandardCharsets.UTF_8);
  }

  private TemplateException unexpected(Token token, String context) {
    if (token.kind() != Kind.ERROR) {
      return trouble("unexpected " + shown(token) + " in " + context);
    }
    String where = "";
    if (actionLine != 0 && actionLine != token.line()) {
      where =
          (token.trouble().endsWith(" action") ? "" : " in action")
              + " started at "
              + Trouble.NAME
              + ":"
              + actionLine;
    }
    return trouble(token.trouble() + where);
  }

  private String shown(Token token) {
    if (token.kind() == Kind.EOF) {
      return "EOF";
    }
    Text text = text(token);
    if (token.kind().isKeyword()) {
      return "<" + text.string() + ">";
    }
    return Trouble.quoted(text, SHOWN_RUNES) + (text.length() > SHOWN_RUNES ? "..." : "");
  }

  private static String shown(Node node) {
    Trouble.Excerpt excerpt = new Trouble.Excerpt();
    node.show(excerpt);
    return excerpt.toString();
  }

  private TemplateException trouble(String what) {
    return Trouble.syntax(tokens[0].line(), what);
  }
}
