package io.coffer.core.template;

/**
 * A word of a template.
 *
 * @param line it begins on, from 1
 * @param trouble what is wrong there, of {@link Kind#ERROR}
 */
record Token(Kind kind, int from, int to, int line, String trouble) {
  enum Kind {
    ERROR,
    ASSIGN,
    BOOL,
    CHARACTER,
    CHARACTER_CONSTANT,
    COMPLEX,
    DECLARE,
    EOF,
    FIELD,
    IDENTIFIER,
    LEFT_DELIMITER,
    LEFT_PARENTHESIS,
    NUMBER,
    PIPE,
    RAW_STRING,
    RIGHT_DELIMITER,
    RIGHT_PARENTHESIS,
    SPACE,
    STRING,
    TEXT,
    VARIABLE,
    BLOCK(true),
    BREAK(true),
    CONTINUE(true),
    DEFINE(true),
    DOT(true),
    ELSE(true),
    END(true),
    IF(true),
    NIL(true),
    RANGE(true),
    TEMPLATE(true),
    WITH(true);

    private final boolean keyword;

    Kind() {
      this(false);
    }

    Kind(boolean keyword) {
      this.keyword = keyword;
    }

    /** Whether errors show it in angle brackets. */
    boolean isKeyword() {
      return keyword;
    }
  }
}
