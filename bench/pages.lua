-- wrk: the requests of a file, in turn, each with its own session: "PATH<tab>TOKEN" a line.
local requests = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    local path, token = line:match("^(%S+)\t(%S+)$")
    requests[#requests + 1] = wrk.format("GET", path, { ["cookie"] = "guanhu=" .. token, ["accept-encoding"] = "gzip" })
  end
  -- Threads begin at different places, so that they do not ask for the same at once.
  at = math.random(#requests)
end

function request()
  at = at % #requests + 1
  return requests[at]
end
