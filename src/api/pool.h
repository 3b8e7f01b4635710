// Connections that workers borrow: as many as work at the same time, kept for the next.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace guanhu::api {

template <class T>
class Pool {
 public:
  explicit Pool(std::function<std::unique_ptr<T>()> open) : open_(std::move(open)) {}

  // Given back when it goes out of scope; one that was lost is closed instead.
  class Loan {
   public:
    Loan(Pool& pool, std::unique_ptr<T> item) : pool_(&pool), item_(std::move(item)) {}
    Loan(Loan&&) noexcept = default;
    Loan& operator=(Loan&&) = delete;
    ~Loan() {
      if (item_ && item_->usable()) pool_->give_back(std::move(item_));
    }
    T& operator*() const { return *item_; }
    T* operator->() const { return item_.get(); }

   private:
    Pool* pool_;
    std::unique_ptr<T> item_;
  };

  Loan take() {
    {
      std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto item = std::move(idle_.back());
        idle_.pop_back();
        return Loan(*this, std::move(item));
      }
    }
    return Loan(*this, open_());
  }

 private:
  void give_back(std::unique_ptr<T> item) {
    std::lock_guard lock(mutex_);
    idle_.push_back(std::move(item));
  }

  std::function<std::unique_ptr<T>()> open_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> idle_;
};

}  // namespace guanhu::api
