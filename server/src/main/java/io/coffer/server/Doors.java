package io.coffer.server;

import com.linecorp.armeria.server.HttpService;
import java.util.Optional;

/**
 * What each listener serves.
 *
 * @param api REST and gRPC
 * @param dockerSocket Docker, to whoever could open the socket
 * @param docker Docker, to whoever shows a token or over TLS a certificate
 * @param driver managers of a swarm, if they are served
 */
record Doors(
    HttpService api, HttpService dockerSocket, HttpService docker, Optional<HttpService> driver) {}
