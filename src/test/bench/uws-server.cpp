// A uWebSockets server that speaks as much pocket as the benchmark does.
// Where uWebSockets is at hand, build it and tell the benchmark: mvn -Pbench verify -Dbench.uws=/path/to/uws-server
//   cc -O3 -DLIBUS_NO_SSL -I uSockets/src -c uSockets/src/*.c uSockets/src/eventing/*.c
//   c++ -O3 -std=c++20 -DUWS_NO_ZLIB -DLIBUS_NO_SSL -I uSockets/src -I uWebSockets/src uws-server.cpp *.o -o uws-server
#include "App.h"

#include <cstdio>
#include <string>

struct Nothing {};

static std::string_view payload(std::string_view envelope) {
  size_t at = envelope.find("\"data\":");
  return at == std::string_view::npos ? "{}}" : envelope.substr(at + 7);
}

int main() {
  uWS::App app;
  auto receipt = [](std::string_view envelope) {
    return std::string("{\"socket\":\"sent\",\"attr\":\"json\",\"messageId\":\"2\",\"data\":").append(payload(envelope));
  };
  app.ws<Nothing>("/*", {
      .compression = uWS::DISABLED,
      .maxBackpressure = 1024 * 1024,
      .message = [&](auto *client, std::string_view envelope, uWS::OpCode) {
        if (envelope.find("echo.shout") != std::string_view::npos) {
          app.publish("echo", std::string("{\"message\":\"echo.heard\",\"data\":").append(payload(envelope)), uWS::TEXT);
          return;
        }
        if (envelope.find("socket.join") != std::string_view::npos) {
          client->subscribe("echo");
        }
        client->send(receipt(envelope), uWS::TEXT);
      }});
  app.listen("127.0.0.1", 0, [](us_listen_socket_t *socket) {
    std::printf("Ready %d\n", us_socket_local_port(0, (us_socket_t *) socket));
    std::fflush(stdout);
  });
  app.run();
}
