from . import disturbance, disturbance_steps, disturbance_times, chairing
