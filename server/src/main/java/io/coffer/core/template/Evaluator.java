package io.coffer.core.template;

import io.coffer.core.template.Functions.Parameter;
import io.coffer.core.template.Node.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Walks a tree and writes what it expands to. */
final class Evaluator {
  private static final Value NOTHING = new Value.Nothing();

  private final byte[] source;
  private final Templates templates;
  private final Functions functions;
  private final Memory memory;
  private final Buffer out;
  private List<Variable> variables = new ArrayList<>();
  private String template = Trouble.NAME;
  private Node current;
  private int depth;
  private int steps;

  Evaluator(byte[] source, Templates templates, Functions functions, Memory memory, Buffer out) {
    this.source = source;
    this.templates = templates;
    this.functions = functions;
    this.memory = memory;
    this.out = out;
    this.current = templates.root();
  }

  private record Variable(String name, Value value) {}

  /** Whether the block goes on. */
  private enum Flow {
    ON,
    BREAK,
    CONTINUE
  }

  void run(Value data) {
    variables.add(new Variable("$", data));
    walk(data, templates.root());
  }

  private Flow walk(Value dot, Node node) {
    at(node);
    enter();
    Flow flow =
        switch (node) {
          case Node.Sequence(var _, var nodes) -> {
            for (Node each : nodes) {
              Flow after = walk(dot, each);
              if (after != Flow.ON) {
                yield after;
              }
            }
            yield Flow.ON;
          }
          case Node.Plain(var _, var text) -> {
            out.add(text);
            yield Flow.ON;
          }
          case Node.Action(var _, var pipe) -> {
            Value value = pipeline(dot, pipe);
            if (pipe.variables().isEmpty()) {
              at(node);
              print(value);
            }
            yield Flow.ON;
          }
          case Branch branch ->
              branch.kind() == Branch.Kind.RANGE ? range(dot, branch) : condition(dot, branch);
          case Node.Call call -> call(dot, call);
          case Node.Break _ -> Flow.BREAK;
          case Node.Continue _ -> Flow.CONTINUE;
          default -> throw new AssertionError("a node that is no statement");
        };
    depth--;
    return flow;
  }

  private void at(Node node) {
    current = node;
    spend(1);
  }

  private void spend(int count) {
    steps += count;
    if (steps > Expansion.STEPS_MAX) {
      throw Trouble.limit("it takes more than " + Expansion.STEPS_MAX + " steps");
    }
  }

  private void enter() {
    if (depth == Expansion.DEPTH_MAX) {
      throw trouble("exceeded maximum template depth (" + Expansion.DEPTH_MAX + ")");
    }
    depth++;
  }

  private TemplateException trouble(String what) {
    return Trouble.at(source, template, current, what);
  }

  private void print(Value value) {
    spend(Functions.cost(value));
    new Printer(out).print(value);
  }

  private Flow condition(Value dot, Branch branch) {
    int scope = variables.size();
    Value value = pipeline(dot, branch.pipe());
    Flow flow =
        value.truth()
            ? walk(branch.kind() == Branch.Kind.WITH ? value : dot, branch.body())
            : walk(dot, branch.otherwise());
    leave(scope);
    return flow;
  }

  private void leave(int scope) {
    variables.subList(scope, variables.size()).clear();
  }

  private Flow range(Value dot, Branch branch) {
    int scope = variables.size();
    Value over = pipeline(dot, branch.pipe());
    Flow flow =
        switch (over) {
          case Value.Labels(var entries) when !entries.isEmpty() -> {
            for (Value.Label entry : entries) {
              if (turn(branch, entry.key(), entry.value()) == Flow.BREAK) {
                break;
              }
            }
            yield Flow.ON;
          }
          case Value.Int(var count) when count > 0 -> {
            if (branch.pipe().variables().size() > 1) {
              throw trouble("can't use " + count + " to iterate over more than one variable");
            }
            for (long i = 0; i < count; i++) {
              if (turn(branch, NOTHING, new Value.Int(i)) == Flow.BREAK) {
                break;
              }
            }
            yield Flow.ON;
          }
          case Value.Labels _, Value.Int _, Value.Nothing _ -> walk(dot, branch.otherwise());
          default -> throw trouble("range can't iterate over " + shown(over));
        };
    leave(scope);
    return flow;
  }

  private Flow turn(Branch branch, Value index, Value element) {
    int scope = variables.size();
    List<Node.Variable> names = branch.pipe().variables();
    if (!names.isEmpty()) {
      set(names.getLast().name(), element);
    }
    if (names.size() > 1) {
      set(names.getFirst().name(), index);
    }
    Flow flow = walk(element, branch.body());
    leave(scope);
    return flow;
  }

  private Flow call(Value dot, Node.Call call) {
    Node.Sequence body = templates.defined().get(call.name());
    if (body == null) {
      throw trouble("template " + Trouble.quoted(call.name()) + " not defined");
    }
    Value argument = call.pipe().map(pipe -> pipeline(dot, pipe)).orElse(NOTHING);
    List<Variable> outerVariables = variables;
    String outerTemplate = template;
    variables = new ArrayList<>(List.of(new Variable("$", argument)));
    template = call.name();
    walk(argument, body);
    variables = outerVariables;
    template = outerTemplate;
    return Flow.ON;
  }

  private Value pipeline(Value dot, Node.Pipe pipe) {
    at(pipe);
    enter();
    Optional<Value> value = Optional.empty();
    for (Node.Command command : pipe.commands()) {
      value = Optional.of(command(dot, command, value));
    }
    Value result = value.orElse(NOTHING);
    for (Node.Variable variable : pipe.variables()) {
      if (pipe.assigns()) {
        set(variable.name(), result);
      } else {
        variables.add(new Variable(variable.name(), result));
      }
    }
    depth--;
    return result;
  }

  private void set(String name, Value value) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name().equals(name)) {
        variables.set(i, new Variable(name, value));
        return;
      }
    }
    throw trouble("undefined variable: " + Trouble.cut(name));
  }

  private Value get(String name) {
    for (int i = variables.size() - 1; i >= 0; i--) {
      if (variables.get(i).name().equals(name)) {
        return variables.get(i).value();
      }
    }
    throw trouble("undefined variable: " + Trouble.cut(name));
  }

  /**
   * One command of a pipeline.
   *
   * @param last the result of the command before
   */
  private Value command(Value dot, Node.Command command, Optional<Value> last) {
    Node first = command.words().getFirst();
    List<Node> rest = command.words().subList(1, command.words().size());
    boolean hasArguments = !rest.isEmpty() || last.isPresent();
    return switch (first) {
      case Node.FieldPath(var _, var path) -> {
        at(first);
        yield fields(dot, path, hasArguments);
      }
      case Node.Chain chain -> chain(dot, chain, hasArguments);
      case Node.Identifier(var _, var name) -> {
        at(first);
        yield function(dot, name, command, rest, last);
      }
      case Node.Pipe pipe -> {
        requireNoArguments(first, hasArguments);
        yield pipeline(dot, pipe);
      }
      case Node.Variable variable -> variable(variable, hasArguments);
      default -> {
        at(first);
        requireNoArguments(first, hasArguments);
        if (first instanceof Node.Nil) {
          throw trouble("nil is not a command");
        }
        yield constant(dot, first);
      }
    };
  }

  private void requireNoArguments(Node node, boolean hasArguments) {
    if (hasArguments) {
      Trouble.Excerpt shown = new Trouble.Excerpt();
      node.show(shown);
      throw trouble("can't give argument to non-function " + shown);
    }
  }

  private static Value constant(Value dot, Node node) {
    return switch (node) {
      case Node.Truth(var _, var value) -> new Value.Bool(value);
      case Node.Dot _ -> dot;
      case Node.Numeral(var _, var _, var value) -> value;
      case Node.Constant(var _, var _, var text) -> text;
      default -> throw new AssertionError("a node that is no operand");
    };
  }

  private Value chain(Value dot, Node.Chain chain, boolean hasArguments) {
    at(chain);
    Value receiver = argument(dot, Parameter.ANY, chain.node());
    return fields(receiver, chain.path(), hasArguments);
  }

  private Value variable(Node.Variable variable, boolean hasArguments) {
    at(variable);
    Value value = get(variable.name());
    if (variable.path().size() == 1) {
      requireNoArguments(variable, hasArguments);
      return value;
    }
    return fields(value, variable.path().subList(1, variable.path().size()), hasArguments);
  }

  private Value fields(Value start, List<String> path, boolean hasArguments) {
    Value receiver = start;
    for (int i = 0; i < path.size() - 1; i++) {
      receiver = field(receiver, path.get(i), false);
    }
    return field(receiver, path.getLast(), hasArguments);
  }

  private Value field(Value receiver, String name, boolean hasArguments) {
    return switch (receiver) {
      case Value.Nothing _ -> throw trouble("nil data; no entry for key " + Trouble.quoted(name));
      case Value.Structure structure -> {
        Value.Field field =
            structure.fields().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> noField(name, structure));
        if (hasArguments) {
          throw trouble(Trouble.cut(name) + " has arguments but cannot be invoked as function");
        }
        yield field.value();
      }
      case Value.Labels labels -> {
        if (hasArguments) {
          throw trouble(Trouble.cut(name) + " is not a method but has arguments");
        }
        spend(labels.entries().size());
        yield Functions.label(labels, Text.of(name))
            .orElseThrow(() -> trouble("map has no entry for key " + Trouble.quoted(name)));
      }
      default -> throw noField(name, receiver);
    };
  }

  private TemplateException noField(String name, Value receiver) {
    return trouble("can't evaluate field " + Trouble.cut(name) + " in type " + receiver.type());
  }

  private Value function(
      Value dot, String name, Node node, List<Node> arguments, Optional<Value> last) {
    Functions.Signature signature = Functions.signature(name);
    int count = arguments.size() + (last.isPresent() ? 1 : 0);
    if (signature.variadic() && count < signature.fixed()) {
      throw trouble(
          "wrong number of args for %s: want at least %d got %d"
              .formatted(name, signature.fixed(), arguments.size()));
    }
    if (!signature.variadic() && count != signature.fixed()) {
      throw trouble(
          "wrong number of args for %s: want %d got %d".formatted(name, signature.fixed(), count));
    }
    if (name.equals("and") || name.equals("or")) {
      return shortCircuit(dot, name.equals("or"), arguments, last);
    }
    List<Value> values = new ArrayList<>();
    for (Node argument : arguments) {
      values.add(argument(dot, signature.parameter(values.size()), argument));
    }
    last.ifPresent(value -> values.add(valid(value, signature.parameter(values.size()))));
    values.forEach(value -> spend(Functions.cost(value)));
    try {
      return functions.call(name, values);
    } catch (Functions.Failure e) {
      current = node;
      throw trouble("error calling " + name + ": " + e.text());
    }
  }

  private Value shortCircuit(Value dot, boolean until, List<Node> arguments, Optional<Value> last) {
    Value value = NOTHING;
    for (Node argument : arguments) {
      value = argument(dot, Parameter.ANY, argument);
      if (value.truth() == until) {
        return value;
      }
    }
    return last.orElse(value);
  }

  private Value argument(Value dot, Parameter parameter, Node node) {
    at(node);
    return switch (node) {
      case Node.Dot _ -> valid(dot, parameter);
      case Node.Nil _ -> {
        if (parameter == Parameter.STRING) {
          throw trouble("cannot assign nil to string");
        }
        yield NOTHING;
      }
      case Node.FieldPath(var _, var path) -> valid(fields(dot, path, false), parameter);
      case Node.Variable variable -> valid(variable(variable, false), parameter);
      case Node.Pipe pipe -> valid(pipeline(dot, pipe), parameter);
      case Node.Identifier(var _, var name) ->
          valid(function(dot, name, node, List.of(), Optional.empty()), parameter);
      case Node.Chain chain -> valid(chain(dot, chain, false), parameter);
      default -> {
        if (parameter == Parameter.STRING && !(node instanceof Node.Constant)) {
          Trouble.Excerpt shown = new Trouble.Excerpt();
          node.show(shown);
          throw trouble("expected string; found " + shown);
        }
        yield constant(dot, node);
      }
    };
  }

  private Value valid(Value value, Parameter parameter) {
    if (parameter == Parameter.STRING && !(value instanceof Text)) {
      throw trouble(
          value instanceof Value.Nothing
              ? "invalid value; expected string"
              : "wrong type for value; expected string; got " + value.type());
    }
    return value;
  }

  private String shown(Value value) {
    Buffer shown = new Buffer(memory, Expansion.MEMORY_MAX);
    new Printer(shown).print(value);
    return new Trouble.Excerpt().add(shown.text()).toString();
  }
}
