#include "base/compress.h"

#include <zstd.h>

#include <memory>

namespace guanhu::base {

std::string compress(std::string_view bytes, int level) {
  std::unique_ptr<ZSTD_CCtx, size_t (*)(ZSTD_CCtx*)> context(ZSTD_createCCtx(), ZSTD_freeCCtx);
  if (!context) throw Broken("zstd: no memory");
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, level);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  size_t n = ZSTD_compress2(context.get(), out.data(), out.size(), bytes.data(), bytes.size());
  if (ZSTD_isError(n)) throw Broken(std::string("zstd: ") + ZSTD_getErrorName(n));
  out.resize(n);
  return out;
}

Result<std::string> decompress(std::string_view frame, size_t limit) {
  auto damaged = [](std::string why) {
    return Error{"compress.damaged", "compressed data is damaged: " + why, "", "restore it from a backup"};
  };
  unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN)
    return damaged("not a zstd frame with its size");
  if (size > limit) return damaged("it claims " + std::to_string(size) + " bytes");
  std::string out(static_cast<size_t>(size), '\0');
  size_t n = ZSTD_decompress(out.data(), out.size(), frame.data(), frame.size());
  if (ZSTD_isError(n)) return damaged(ZSTD_getErrorName(n));
  if (n != out.size()) return damaged("it is shorter than it claims");
  return out;
}

}  // namespace guanhu::base
