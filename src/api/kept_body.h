// An answer that many ask for, made once: its bytes, and the same compressed, shared by all of them.
#pragma once
#include <memory>
#include <string>

#include "api/endpoint.h"

namespace guanhu::api {

struct KeptBody {
  // `version` names what the body was made from; it becomes the entity tag.
  KeptBody(const base::Json& json, std::string version);
  std::shared_ptr<const std::string> plain, gzip;  // gzip: null where it does not pay
  std::string version;

  Answer answer(const Call& call) const;
};

}  // namespace guanhu::api
