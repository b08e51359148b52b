package io.coffer.server;

import com.linecorp.armeria.server.HttpService;
import java.util.Optional;

/**
 * What each listener serves.
 *
 * @param api REST and gRPC
 * @param dockerSocket Docker, to whoever could open the socket
 * @param dockerByToken Docker, to whoever has a token
 * @param dockerByCertificate Docker, to whoever has a certificate or a token
 * @param driver managers of a swarm, if they are served
 */
record Doors(
    HttpService api,
    HttpService dockerSocket,
    HttpService dockerByToken,
    HttpService dockerByCertificate,
    Optional<HttpService> driver) {}
