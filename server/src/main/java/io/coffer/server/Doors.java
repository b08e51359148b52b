package io.coffer.server;

import com.linecorp.armeria.server.HttpService;
import io.coffer.api.docker.door.SealedDocker;
import io.coffer.api.docker.driver.SealedDriver;
import io.coffer.api.rpc.SealedApi;
import io.coffer.api.rpc.StopSignal;
import io.coffer.api.workload.TokenDoor;
import java.util.Map;

/**
 * What each listener serves.
 *
 * @param api REST and gRPC
 * @param dockerSocket Docker, to whoever could open the socket
 * @param docker Docker, to whoever shows a token or over TLS a certificate
 * @param driver managers of a swarm
 */
record Doors(HttpService api, HttpService dockerSocket, HttpService docker, HttpService driver) {

  /** Each says in its own form that the store is sealed. */
  static Doors sealed(StopSignal ending) {
    HttpService docker = new SealedDocker();
    return new Doors(
        new SealedApi(ending, Map.of(TokenDoor.PATH, TokenDoor.unavailable(SealedApi.WORDS))),
        docker,
        docker,
        new SealedDriver());
  }
}
