#include "http/outgoing.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <thread>

namespace guanhu::http {

namespace {

// Answers one connection after the other with what the script says, on a port of its own.
class Peer {
 public:
  explicit Peer(std::function<void(int fd)> serve, int times = 1) {
    fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
    EXPECT_EQ(::listen(fd_, 4), 0);
    socklen_t size = sizeof at;
    ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
    thread_ = std::thread([this, serve = std::move(serve), times] {
      for (int i = 0; i < times; ++i) {
        int one = ::accept(fd_, nullptr, nullptr);
        if (one < 0) return;
        serve(one);
        ::close(one);
      }
    });
  }
  ~Peer() {
    ::shutdown(fd_, SHUT_RDWR);
    ::close(fd_);
    thread_.join();
  }
  std::string url(const char* scheme = "http", const char* host = "127.0.0.1") const {
    return std::string(scheme) + "://" + host + ":" + std::to_string(port_) + "/hook?key=1";
  }

 private:
  int fd_ = -1;
  uint16_t port_ = 0;
  std::thread thread_;
};

std::string read_all(int fd) {
  std::string got;
  char buffer[4096];
  for (;;) {
    const size_t head = got.find("\r\n\r\n");
    const size_t said = got.find("content-length: ");
    if (head != got.npos && said != got.npos && got.size() >= head + 4 + std::stoul(got.substr(said + 16)))
      return got;
    ssize_t n = ::recv(fd, buffer, sizeof buffer, 0);
    if (n <= 0) return got;
    got.append(buffer, static_cast<size_t>(n));
  }
}
void say(int fd, std::string_view text) { ::send(fd, text.data(), text.size(), MSG_NOSIGNAL); }

OutgoingOptions inside(std::chrono::milliseconds timeout = std::chrono::seconds(20)) {
  OutgoingOptions out;
  out.inside = {"127.0.0.0/8"};
  out.timeout = timeout;
  return out;
}
std::string refused(const base::Result<Answer>& answer) { return answer.ok() ? "answered" : answer.error().code; }

// A certificate for 127.0.0.1, signed by itself, and its key.
struct Certificate {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* paper = X509_new();
  std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("guanhu_outgoing_" + std::to_string(::getpid()) + ".pem");
  Certificate() {
    ASN1_INTEGER_set(X509_get_serialNumber(paper), 1);
    X509_gmtime_adj(X509_getm_notBefore(paper), -60);
    X509_gmtime_adj(X509_getm_notAfter(paper), 3600);
    X509_set_version(paper, 2);
    X509_set_pubkey(paper, key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(paper), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("gateway"), -1, -1, 0);
    X509_set_issuer_name(paper, X509_get_subject_name(paper));
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(paper, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(paper, key, EVP_sha256());
    FILE* out = std::fopen(file.c_str(), "w");
    PEM_write_X509(out, paper);
    std::fclose(out);
  }
  ~Certificate() {
    std::filesystem::remove(file);
    X509_free(paper);
    EVP_PKEY_free(key);
  }
  std::function<void(int)> server() {
    return [this](int fd) {
      SSL_CTX* context = SSL_CTX_new(TLS_server_method());
      SSL_CTX_use_certificate(context, paper);
      SSL_CTX_use_PrivateKey(context, key);
      SSL* tls = SSL_new(context);
      SSL_set_fd(tls, fd);
      char buffer[4096];
      constexpr std::string_view fine = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
      if (SSL_accept(tls) == 1 && SSL_read(tls, buffer, sizeof buffer) > 0)
        SSL_write(tls, fine.data(), static_cast<int>(fine.size()));
      SSL_free(tls);
      SSL_CTX_free(context);
    };
  }
};

}  // namespace

TEST(Outgoing, AddressesThatAreNone) {
  for (const char* bad :
       {"", "ftp://a/", "https://", "https:///x", "https://u:p@host/", "https://host:0/", "https://host:65536/",
        "https://host:/", "https://host:8x/", "https://[::1/", "https://[::1]8/", "https://ho st/",
        "https://host/#a", "https://host/\r\nx: y", "https://host/中"}) {
    auto url = read_url(bad);
    EXPECT_EQ(url.ok() ? "taken" : url.error().code, "http.url") << bad;
  }
  auto url = read_url("https://oapi.example.cn/robot/send?access_token=a");
  ASSERT_TRUE(url.ok());
  EXPECT_TRUE(url->tls && url->port == 443 && url->host == "oapi.example.cn");
  EXPECT_EQ(url->target, "/robot/send?access_token=a");
  url = read_url("http://[fd00::1]:65535?q");
  ASSERT_TRUE(url.ok());
  EXPECT_TRUE(!url->tls && url->port == 65535 && url->host == "fd00::1");
  EXPECT_EQ(url->target, "/?q");
}

TEST(Outgoing, WhatIsInside) {
  for (const char* in : {"127.0.0.1", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.1.1",
                         "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1",
                         "::", "fe80::1%eth0", "fd12::1", "::ffff:10.0.0.1", "ff02::1", "no address"})
    EXPECT_TRUE(is_inside(in)) << in;
  for (const char* out : {"9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "100.63.255.255",
                          "100.128.0.0", "8.8.8.8", "223.255.255.255", "2400:3200::1", "::ffff:8.8.8.8"})
    EXPECT_FALSE(is_inside(out)) << out;
  EXPECT_TRUE(in_network("10.1.2.3", "10.1.2.3") && in_network("10.1.255.255", "10.1.0.0/16"));
  EXPECT_FALSE(in_network("10.2.0.0", "10.1.0.0/16") || in_network("10.1.2.4", "10.1.2.3"));
  for (const char* bad :
       {"", "10.1.2", "10.1.2.3/33", "10.1.2.3/x", "Gateway", "a b", "fd00::/129", "10.1.2.3/-1"})
    EXPECT_FALSE(check_network(bad).ok()) << bad;
  for (const char* fine : {"10.1.2.3", "10.0.0.0/0", "fd00::/128", "gateway.bank.local"})
    EXPECT_TRUE(check_network(fine).ok()) << fine;
}

TEST(Outgoing, InsideOnlyWhatIsListed) {
  Peer peer([](int) { FAIL() << "somebody came"; });
  EXPECT_EQ(refused(post_out(peer.url(), {}, "{}", {})), "http.inside");
  EXPECT_EQ(refused(post_out(peer.url("https", "localhost"), {}, "{}", {})), "http.inside");
  OutgoingOptions other;
  other.inside = {"127.0.0.2", "10.0.0.0/8"};
  EXPECT_EQ(refused(post_out(peer.url(), {}, "{}", other)), "http.inside");
  // Plain text does not leave the bank, wherever it goes.
  EXPECT_EQ(refused(post_out("http://8.8.8.8/", {}, "{}", inside())), "http.inside");
  // A label is at most 63 bytes long: refused without asking a name service, which may answer anything, or late.
  EXPECT_EQ(refused(post_out("https://" + std::string(64, 'x') + ".invalid/", {}, "{}", inside())),
            "http.resolve");
}

TEST(Outgoing, SendsAndReads) {
  std::string got;
  Peer peer([&](int fd) {
    got = read_all(fd);
    say(fd, "HTTP/1.1 500 Oops\r\nContent-Type: text/plain\r\n\r\nbusy");
  });
  auto answer = post_out(peer.url(), {{"idempotency-key", "k1"}}, "{\"a\":1}", inside());
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  EXPECT_EQ(answer->status, 500);
  EXPECT_EQ(answer->body, "busy");
  EXPECT_EQ(answer->header("content-type"), "text/plain");
  EXPECT_TRUE(got.starts_with("POST /hook?key=1 HTTP/1.1\r\nhost: 127.0.0.1:")) << got;
  EXPECT_NE(got.find("\r\nidempotency-key: k1\r\n"), got.npos);
  EXPECT_TRUE(got.ends_with("\r\n\r\n{\"a\":1}"));
}

TEST(Outgoing, AnswersThatAreNone) {
  auto with = [](std::string_view text) {
    Peer peer([text](int fd) {
      read_all(fd);
      say(fd, text);
    });
    return refused(post_out(peer.url(), {}, "{}", inside()));
  };
  EXPECT_EQ(with(""), "http.answer");
  EXPECT_EQ(with("SSH-2.0-nothing\r\n\r\n"), "http.answer");
  EXPECT_EQ(with("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\ncut"), "http.answer");
  EXPECT_EQ(with("HTTP/1.1 200 OK\r\ncontent-length: 65537\r\n\r\n"), "http.answer");
  // It takes the request and stays silent until the other side gives up.
  Peer silent([](int fd) {
    read_all(fd);
    char one;
    (void)::recv(fd, &one, 1, 0);
  });
  EXPECT_EQ(refused(post_out(silent.url(), {}, "{}", inside(std::chrono::milliseconds(50)))), "http.timeout");
  std::string gone;
  {
    gone = Peer([](int) {}, 0).url();
  }
  EXPECT_EQ(refused(post_out(gone, {}, "{}", inside())), "http.connect");
}

TEST(Outgoing, TheCertificateIsChecked) {
  Certificate paper;
  {
    Peer peer(paper.server());
    EXPECT_EQ(refused(post_out(peer.url("https"), {}, "{}", inside())), "http.tls");  // nobody vouches for it
  }
  OutgoingOptions known = inside();
  known.ca_file = paper.file;
  {
    Peer peer(paper.server());
    EXPECT_EQ(refused(post_out(peer.url("https", "localhost"), {}, "{}",
                               [&] {
                                 auto by_name = known;
                                 by_name.inside.push_back("::1");
                                 return by_name;
                               }())),
              "http.tls");  // of another host
  }
  Peer peer(paper.server());
  auto answer = post_out(peer.url("https"), {}, "{}", known);
  ASSERT_TRUE(answer.ok()) << answer.error().text();
  EXPECT_EQ(answer->body, "ok");
}

}  // namespace guanhu::http
