// One connection: reads requests, has them answered, writes the answers, in the order they came. Lives on
// one event loop; nothing here is called from another thread.
#pragma once
#include <boost/asio/ssl/stream.hpp>

#include "http/detail/loop.h"
#include "http/detail/parser.h"
#include "http/detail/task.h"

namespace guanhu::http::detail {

class Session {
 public:
  using Millis = std::chrono::milliseconds;

  Session(Loop& loop, int fd, Peer peer, bool tls);
  ~Session();

  void start() { run(); }
  bool due(Steady::time_point now) const;  // tick() has something to do
  void tick(Steady::time_point now);       // a deadline, a heartbeat, a look whether the client is gone
  void drain();                            // end when the request in flight is answered
  void cut();                              // end now
  const Peer& peer() const { return peer_; }

  size_t slot = 0;  // position in the loop's list

 private:
  enum class Phase { Handshake, Idle, Head, Body, Handler, File, Write, Stream, Linger };

  Detached run();
  Task<bool> handshake();
  Task<bool> serve_one();  // true: another request may come

  // Reading (session.cc). False: nothing more comes and nobody waits for an answer.
  Task<bool> read_head();
  Task<bool> read_body();
  Task<bool> fill(size_t most);
  void begin();
  void admit();
  bool admit_headers();
  void admit_body();
  void refuse(int status, std::string_view code, std::string_view title, std::string_view detail = {});
  void refuse_parse(boost::beast::error_code ec);
  void refuse_slow();

  // Answering (answer.cc).
  Task<bool> handle();
  Task<bool> on_worker(bool admitted, void (*work)(Shared&, Exchange&));
  void handle_inline();
  bool handle_quick();  // false: a worker is to do it
  Task<bool> answer();
  Task<bool> send_file();
  Task<bool> send_stream();
  Task<bool> send(std::string_view a, std::string_view b = {});
  bool send_now(std::string_view& a, std::string_view& b);
  Task<bool> linger();
  void format(std::optional<uint64_t> length);
  void account(uint64_t bytes);
  void watch();
  void attach(Stream& stream);

  void enter(Phase phase, Millis allowed);
  void enter_write(uint64_t bytes);
  void abort();  // closes the socket: what waits for it ends with an error
  void abandon();

  Loop& loop_;
  Shared& shared_;
  Socket socket_;
  std::unique_ptr<asio::ssl::stream<Socket&>> tls_;
  Peer peer_;

  Phase phase_ = Phase::Idle;
  Steady::time_point deadline_ = Steady::time_point::max(), began_, heartbeat_;
  bool timed_out_ = false;  // the client was too slow, or the handler
  bool broken_ = false;     // the connection is of no use any more
  bool keep_ = true;        // another request may follow this one
  bool first_ = true, in_flight_ = false, refused_ = false, watching_ = false, full_ = false;
  bool beat_ = false;  // a heartbeat is due
  int pipelined_ = 0;

  std::vector<char> buffer_;
  size_t begin_ = 0, end_ = 0;
  std::optional<RequestParser> parser_;
  std::shared_ptr<Exchange> exchange_;
  Response response_;
  std::string out_;
  Signal signal_;
  // What a stream holds to wake its connection from other threads; outlives both.
  struct Wake {
    std::atomic<bool> pending{false};
    Session* session = nullptr;  // looked at only on the loop; null when the stream is over
    Stream* stream = nullptr;
  };
  std::shared_ptr<Wake> wake_;
  char watched_[16];
};

}  // namespace guanhu::http::detail
