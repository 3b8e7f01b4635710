#include "base/compress.h"

#include <gtest/gtest.h>

namespace guanhu::base {
namespace {

TEST(Compress, RefusesWhatIsNoFrame) {
  EXPECT_EQ(decompress("").error().code, "compress.damaged");
  EXPECT_EQ(decompress("hello, this is no frame").error().code, "compress.damaged");
}

TEST(Compress, RefusesTruncatedAndChangedFrames) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += std::to_string(i * 7919) + ",";
  std::string frame = compress(text);
  EXPECT_FALSE(decompress(std::string_view(frame).substr(0, frame.size() - 1)).ok());
  std::string changed = frame;
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
  EXPECT_FALSE(decompress(changed).ok());
}

TEST(Compress, RefusesMoreThanTheLimit) {
  std::string frame = compress(std::string(1000, 'x'));
  EXPECT_TRUE(decompress(frame, 1000).ok());
  EXPECT_FALSE(decompress(frame, 999).ok());
}

TEST(Compress, GivesBackTheBytes) {
  for (size_t size : {size_t{0}, size_t{1}, size_t{100000}}) {
    std::string bytes;
    for (size_t i = 0; i < size; ++i) bytes += static_cast<char>(i * i);
    EXPECT_EQ(decompress(compress(bytes)).value(), bytes);
  }
}

}  // namespace
}  // namespace guanhu::base
