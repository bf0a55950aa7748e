package io.edgewright.functions.embedded.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.edgewright.functions.core.EventLog;
import io.edgewright.functions.core.Json;
import io.edgewright.functions.core.ServiceErrorCode;
import io.edgewright.functions.core.ServiceException;
import io.edgewright.functions.core.ServiceProblem;
import io.edgewright.functions.core.StorageFault;
import io.edgewright.functions.embedded.store.FileObjectStore;
import io.edgewright.functions.embedded.store.SignedAddresses;
import io.edgewright.functions.handlers.Routes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Takes requests, finds who answers, and answers itself where nobody does.
public final class HttpFront implements AutoCloseable {
  static {
    // Without it small answers wait for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final EventLog log;

  private HttpFront(HttpServer server, EventLog log) {
    this.server = server;
    this.log = log;
  }

  /// Takes the port, so that the address is known, but answers nobody yet.
  public static HttpFront bind(InetSocketAddress address, EventLog log) throws IOException {
    return new HttpFront(HttpServer.create(address, 0), log);
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  public void start(Routes routes, FileObjectStore objects, SignedAddresses addresses) {
    ObjectsRoute objectsRoute = new ObjectsRoute(objects, addresses);
    server.createContext("/", exchange -> handle(exchange, routes, objectsRoute));
    server.setExecutor(threads);
    server.start();
  }

  private void handle(HttpExchange jdk, Routes routes, ObjectsRoute objects) throws IOException {
    Exchange exchange = new Exchange(jdk);
    try {
      if (exchange.path().startsWith(SignedAddresses.PREFIX)) {
        objects.handle(exchange);
        log(exchange);
      } else {
        route(exchange, routes);
      }
    } catch (ServiceException e) {
      exchange.answer(e);
      log(exchange);
    } catch (IOException e) {
      // A connection that broke is its client's affair; a disk is ours.
      if (StorageFault.in(e).isEmpty()) {
        throw e;
      }
      answerFault(exchange, e);
    } catch (RuntimeException e) {
      answerFault(exchange, e);
    } finally {
      exchange.close();
    }
  }

  private void answerFault(Exchange exchange, Exception e) throws IOException {
    log.fault("request " + exchange.method() + " " + exchange.path(), e);
    if (exchange.status() == 0) {
      exchange.answer(fault(e));
    }
  }

  /// Handlers log their own requests; these lines are for what never came to a handler.
  private void log(Exchange exchange) {
    log.write(
        "request",
        Json.object()
            .put("method", exchange.method())
            .put("path", exchange.path())
            .put("status", exchange.status()));
  }

  private static ServiceException fault(Exception e) {
    return new ServiceException(
        List.of(
            StorageFault.in(e)
                .orElseGet(() ->
                    ServiceProblem.of(
                        ServiceErrorCode.SERVICE_FAULT,
                        "the service",
                        "a fault while it answered",
                        "an answer",
                        "try again; if it stays, look at the log of the service"))));
  }

  private static void route(Exchange exchange, Routes routes) throws IOException {
    Optional<Routes.Match> match = routes.find(exchange.method(), exchange.path());
    if (match.isPresent()) {
      LambdaRoute.handle(exchange, match.get().route(), match.get().parameters());
      return;
    }
    String allowed = routes.allowed(exchange.path());
    if (!allowed.isEmpty()) {
      exchange.answerHeader("Allow", allowed);
    }
    throw routes.nobody(exchange.method(), exchange.path());
  }

  /// Answers what is under way for a second, then ends.
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
