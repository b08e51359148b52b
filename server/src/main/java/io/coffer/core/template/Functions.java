package io.coffer.core.template;

import io.coffer.SecretBytes;
import io.coffer.core.template.Value.Bool;
import io.coffer.core.template.Value.Int;
import io.coffer.core.template.Value.Labels;
import io.coffer.core.template.Value.Nothing;
import io.coffer.core.template.Value.Octet;
import io.coffer.core.template.Value.Real;
import io.coffer.core.template.Value.Structure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What templates can call: Go's own functions, and those of a swarm. */
final class Functions {
  private static final int BYTES_A_STEP = 64;
  private static final String UPPER_HEX = "0123456789ABCDEF";

  /** What a parameter takes. */
  enum Parameter {
    STRING,
    ANY
  }

  /**
   * What a function takes.
   *
   * @param fixed how many parameters of type {@code first}
   * @param variadic whether any number of type {@code rest} may follow
   */
  record Signature(int fixed, Parameter first, boolean variadic, Parameter rest) {
    Parameter parameter(int index) {
      return index < fixed ? first : rest;
    }
  }

  private static final Signature ONE_STRING = fixed(1, Parameter.STRING);
  private static final Signature ONE = fixed(1, Parameter.ANY);
  private static final Signature TWO = fixed(2, Parameter.ANY);
  private static final Signature SOME = new Signature(1, Parameter.ANY, true, Parameter.ANY);
  private static final Signature ALL = new Signature(0, Parameter.ANY, true, Parameter.ANY);

  private static final Map<String, Signature> SIGNATURES =
      Map.ofEntries(
          Map.entry("secret", ONE_STRING),
          Map.entry("config", ONE_STRING),
          Map.entry("env", ONE_STRING),
          Map.entry("join", new Signature(0, Parameter.STRING, true, Parameter.STRING)),
          Map.entry("and", SOME),
          Map.entry("or", SOME),
          Map.entry("call", SOME),
          Map.entry("html", ALL),
          Map.entry("js", ALL),
          Map.entry("urlquery", ALL),
          Map.entry("print", ALL),
          Map.entry("println", ALL),
          Map.entry("printf", new Signature(1, Parameter.STRING, true, Parameter.ANY)),
          Map.entry("index", SOME),
          Map.entry("slice", SOME),
          Map.entry("len", ONE),
          Map.entry("not", ONE),
          Map.entry("eq", SOME),
          Map.entry("ne", TWO),
          Map.entry("lt", TWO),
          Map.entry("le", TWO),
          Map.entry("gt", TWO),
          Map.entry("ge", TWO));

  private final Memory memory;
  private final Sources sources;

  Functions(Memory memory, Sources sources) {
    this.memory = memory;
    this.sources = sources;
  }

  private static Signature fixed(int count, Parameter parameter) {
    return new Signature(count, parameter, false, parameter);
  }

  static boolean has(String name) {
    return SIGNATURES.containsKey(name);
  }

  static Signature signature(String name) {
    Signature signature = SIGNATURES.get(name);
    if (signature == null) {
      throw new AssertionError("a function that was not there when it was parsed");
    }
    return signature;
  }

  /** The steps that work on it counts as. */
  static int cost(Value value) {
    return switch (value) {
      case Text text -> text.length() / BYTES_A_STEP;
      case Labels(var entries) -> entries.size();
      case Structure(var _, var _, var fields) ->
          fields.stream().mapToInt(field -> 1 + cost(field.value())).sum();
      case Int _, Octet _, Real _, Bool _, Nothing _ -> 0;
    };
  }

  /** What a function returned instead of a value; the same care as for the errors it ends in. */
  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient String text;

    Failure(String text) {
      super("a function of a template failed", null, false, false);
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  Value call(String name, List<Value> given) {
    return switch (name) {
      case "secret" -> source(name, sources.secret(string(given)), given);
      case "config" -> source(name, sources.config(string(given)), given);
      case "env" -> Text.of(sources.env(string(given)));
      case "join" -> join(given);
      case "call" -> throw notCallable(given.getFirst());
      case "html" -> html(joined(given));
      case "js" -> js(joined(given));
      case "urlquery" -> urlQuery(joined(given));
      case "print" -> printer(printer -> printer.printAll(given));
      case "println" -> printer(printer -> printer.printLine(given));
      case "printf" ->
          printer(
              printer -> printer.format((Text) given.getFirst(), given.subList(1, given.size())));
      case "index" -> index(given);
      case "slice" -> slice(given);
      case "len" -> length(given.getFirst());
      case "not" -> new Bool(!given.getFirst().truth());
      case "eq" -> new Bool(Comparing.equal(given.getFirst(), given.subList(1, given.size())));
      case "ne" -> new Bool(!Comparing.equal(given.getFirst(), given.subList(1, given.size())));
      case "lt" -> new Bool(Comparing.less(given.getFirst(), given.getLast()));
      case "le" -> new Bool(Comparing.lessOrEqual(given.getFirst(), given.getLast()));
      case "gt" -> new Bool(!Comparing.lessOrEqual(given.getFirst(), given.getLast()));
      case "ge" -> new Bool(!Comparing.less(given.getFirst(), given.getLast()));
      default -> throw new AssertionError("a function without a body");
    };
  }

  private static String string(List<Value> given) {
    return ((Text) given.getFirst()).string();
  }

  private Text source(String kind, Optional<SecretBytes> found, List<Value> given) {
    return found
        .map(value -> value.lend(memory::copy))
        .orElseThrow(() ->
            new Failure(
                kind
                    + " target "
                    + new Trouble.Excerpt().add((Text) given.getFirst())
                    + " not found"));
  }

  private Text join(List<Value> given) {
    if (given.isEmpty()) {
      throw new Failure("runtime error: slice bounds out of range [1:0]");
    }
    Buffer out = buffer();
    for (int i = 1; i < given.size(); i++) {
      if (i > 1) {
        out.add((Text) given.getFirst());
      }
      out.add((Text) given.get(i));
    }
    return out.text();
  }

  private static Failure notCallable(Value value) {
    return new Failure(
        value instanceof Nothing ? "call of nil" : "non-function of type " + value.type());
  }

  private Buffer buffer() {
    return new Buffer(memory, Expansion.MEMORY_MAX);
  }

  private interface Printing {
    void on(Printer printer);
  }

  private Text printer(Printing printing) {
    Buffer out = buffer();
    printing.on(new Printer(out));
    return out.text();
  }

  /** The one string, or all of them as {@code print} has them. */
  private Text joined(List<Value> given) {
    if (given.size() == 1 && given.getFirst() instanceof Text text) {
      return text;
    }
    List<Value> printable =
        given.stream()
            .map(value -> value instanceof Nothing ? Text.of(Printer.NO_VALUE) : value)
            .toList();
    return printer(printer -> printer.printAll(printable));
  }

  private Text html(Text text) {
    Buffer out = buffer();
    for (int i = 0; i < text.length(); i++) {
      byte c = text.at(i);
      switch (c) {
        case 0 -> out.rune(Utf8.BAD);
        case '"' -> out.add("&#34;");
        case '\'' -> out.add("&#39;");
        case '&' -> out.add("&amp;");
        case '<' -> out.add("&lt;");
        case '>' -> out.add("&gt;");
        default -> out.add(c);
      }
    }
    return out.text();
  }

  private Text js(Text text) {
    Buffer out = buffer();
    for (int at = text.from(); at < text.to(); ) {
      int width = Utf8.width(text.bytes(), at, text.to());
      int rune = Utf8.rune(text.bytes(), at, text.to());
      switch (rune) {
        case '\\', '\'', '"' -> out.add('\\').add(rune);
        case '<', '>', '&', '=' -> unit(out, rune);
        default -> {
          if (rune < ' ' || (rune >= 0x80 && !Utf8.isPrintable(rune))) {
            unit(out, rune);
          } else {
            out.add(text.bytes(), at, at + width);
          }
        }
      }
      at += width;
    }
    return out.text();
  }

  private static void unit(Buffer out, int rune) {
    out.add("\\u");
    for (int shift = rune > 0xffff ? 20 : 12; shift >= 0; shift -= 4) {
      int digit = rune >> shift & 0xf;
      if (shift < 20 || digit != 0) {
        out.add(UPPER_HEX.charAt(digit));
      }
    }
  }

  private Text urlQuery(Text text) {
    Buffer out = buffer();
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i) & 0xff;
      boolean kept =
          c < 0x80
              && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == '~');
      if (kept) {
        out.add(c);
      } else if (c == ' ') {
        out.add('+');
      } else {
        out.add('%').add(UPPER_HEX.charAt(c >> 4)).add(UPPER_HEX.charAt(c & 0xf));
      }
    }
    return out.text();
  }

  private static Value length(Value value) {
    return switch (value) {
      case Text text -> new Int(text.length());
      case Labels(var entries) -> new Int(entries.size());
      case Nothing _ -> throw new Failure("reflect: call of reflect.Value.Type on zero Value");
      case Int _, Octet _, Real _, Bool _ -> throw new Failure("len of type " + value.type());
      case Structure(var struct, var _, var _) -> throw new Failure("len of type " + struct);
    };
  }

  static Optional<Value> label(Labels labels, Text key) {
    return labels.entries().stream()
        .filter(entry -> entry.key().equals(key))
        .findFirst()
        .map(Value.Label::value);
  }

  private static Value index(List<Value> given) {
    Value item = given.getFirst();
    if (item instanceof Nothing) {
      throw new Failure("index of untyped nil");
    }
    for (Value index : given.subList(1, given.size())) {
      item =
          switch (item) {
            case Text text -> {
              int at = indexIn(text, index);
              if (at == text.length()) {
                throw new Failure("reflect: string index out of range");
              }
              yield new Octet(text.at(at) & 0xff);
            }
            case Labels labels -> label(labels, key(index)).orElse(Text.EMPTY);
            case Structure(var struct, var _, var _) ->
                throw new Failure("can't index item of type " + struct);
            case Int _, Octet _, Real _, Bool _, Nothing _ ->
                throw new Failure("can't index item of type " + item.type());
          };
    }
    return item;
  }

  private static Text key(Value index) {
    return switch (index) {
      case Text text -> text;
      case Nothing _ -> throw new Failure("value is nil; should be of type string");
      case Int _, Octet _, Real _, Bool _, Labels _, Structure _ ->
          throw new Failure("value has type " + index.type() + "; should be string");
    };
  }

  private static int indexIn(Text text, Value index) {
    long at =
        switch (index) {
          case Int(var value) -> value;
          case Octet(var value) -> value;
          case Nothing _ -> throw new Failure("cannot index slice/array with nil");
          case Text _, Real _, Bool _, Labels _, Structure _ ->
              throw new Failure("cannot index slice/array with type " + index.type());
        };
    if (at < 0 || at > text.length()) {
      throw new Failure("index out of range: " + at);
    }
    return (int) at;
  }

  private static Value slice(List<Value> given) {
    int indexes = given.size() - 1;
    if (given.getFirst() instanceof Nothing) {
      throw new Failure("slice of untyped nil");
    }
    if (indexes > 3) {
      throw new Failure("too many slice indexes: " + indexes);
    }
    if (!(given.getFirst() instanceof Text text)) {
      throw new Failure("can't slice item of type " + given.getFirst().type());
    }
    if (indexes == 3) {
      throw new Failure("cannot 3-index slice a string");
    }
    int from = indexes > 0 ? indexIn(text, given.get(1)) : 0;
    int to = indexes > 1 ? indexIn(text, given.get(2)) : text.length();
    if (from > to) {
      throw new Failure("invalid slice index: " + from + " > " + to);
    }
    return text.part(from, to);
  }
}
