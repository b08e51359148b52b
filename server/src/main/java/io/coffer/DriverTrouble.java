package io.coffer;

/**
 * Why a driver gives no value. The words are ours: what a driver itself says may hold a value, and
 * is repeated nowhere.
 */
public enum DriverTrouble {
  UNKNOWN("there is no plugin of that name"),
  UNFIT("the plugin gives no secrets"),
  MISCONFIGURED("the file that says where the plugin is cannot be used"),
  UNREACHABLE("the plugin cannot be reached"),
  LATE("the plugin did not answer in time"),
  BUSY("too many calls wait for plugins"),
  REFUSED("the plugin answered with an error"),
  MALFORMED("what the plugin answered is not of its protocol"),
  VALUE_SIZE("the plugin's value is not of 1 to 511999 bytes");

  private final String words;

  DriverTrouble(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  /** Whether the same call may well succeed later, with nothing changed but time. */
  public boolean passes() {
    return switch (this) {
      case UNREACHABLE, LATE, BUSY -> true;
      case UNKNOWN, UNFIT, MISCONFIGURED, REFUSED, MALFORMED, VALUE_SIZE -> false;
    };
  }
}
