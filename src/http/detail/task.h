// The coroutines of a connection: one that nobody waits for, one that is awaited, and the waiting for an
// Asio operation. Asio's own awaitable carries executors and cancellation slots that are not needed here.
#pragma once
#include <boost/system/error_code.hpp>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace guanhu::http::detail {

// Begins at once, ends by itself.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

// Begins when awaited; the result or the exception goes to the one who awaits.
template <class T>
class [[nodiscard]] Task {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr error;
    std::coroutine_handle<> waiter;

    Task get_return_object() { return Task(std::coroutine_handle<promise_type>::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Resume {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> h) noexcept {
          return h.promise().waiter;
        }
        void await_resume() noexcept {}
      };
      return Resume{};
    }
    void return_value(T v) { value.emplace(std::move(v)); }
    void unhandled_exception() { error = std::current_exception(); }
  };

  explicit Task(std::coroutine_handle<promise_type> h) : handle_(h) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept {
    handle_.promise().waiter = waiter;
    return handle_;
  }
  T await_resume() {
    if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
    return std::move(*handle_.promise().value);
  }

 private:
  std::coroutine_handle<promise_type> handle_;
};

// An Asio operation that completes with (error_code, size_t) or (error_code).
struct IoResult {
  boost::system::error_code error;
  size_t bytes = 0;
};

template <class Start>
class Io {
 public:
  explicit Io(Start start) : start_(std::move(start)) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> h) {
    start_([this, h](boost::system::error_code e, size_t n = 0) {
      result_ = {e, n};
      h.resume();
    });
  }
  IoResult await_resume() const { return result_; }

 private:
  Start start_;
  IoResult result_;
};

// One waiter; fire() resumes it, or lets the next wait pass. One thread only.
class Signal {
 public:
  bool await_ready() { return std::exchange(fired_, false); }
  void await_suspend(std::coroutine_handle<> h) { waiter_ = h; }
  void await_resume() {}
  void fire() {
    if (waiter_) std::exchange(waiter_, nullptr).resume();
    else fired_ = true;
  }
  void clear() { fired_ = false; }

 private:
  std::coroutine_handle<> waiter_;
  bool fired_ = false;
};

}  // namespace guanhu::http::detail
